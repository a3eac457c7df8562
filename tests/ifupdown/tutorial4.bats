#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 4's bridge as its author created it: in /etc/network/interfaces,
# with an address from a DHCP server. Guests join it, and ifdown removes
# everything.

load ../common.bash
load ../labs/tutorial4.bash
load ifupdown.bash

setup()
{
	needs bridge veth
	needs_ifupdown
	ifupdown_environment
	lab4_nic
	interfaces <<-END
		auto lo
		iface lo inet loopback

		auto br0
		iface br0 inet dhcp
		    bridge_ports    ens33
		    bridge_stp      off
		    bridge_maxwait  0
		    bridge_fd       0
	END
}

# The server runs in the namespace at the other end of ens33.  It gives out a
# lease that is bound to a MAC address without probing the address first.
dhcp_server()
{
	: > /run/tmp/leases
	ip -n outside address add 192.168.213.2/24 dev eth0
	cat > /run/tmp/udhcpd.conf <<-END
		interface eth0
		start 192.168.213.157
		end 192.168.213.157
		static_lease $ENS33_MAC 192.168.213.157
		option subnet 255.255.255.0
		option router 192.168.213.2
		lease_file /run/tmp/leases
		pidfile /run/tmp/udhcpd.pid
	END
	ip netns exec outside busybox udhcpd -f /run/tmp/udhcpd.conf \
		> /run/tmp/udhcpd.log 2>&1 3>&- &
	child_pids+=($!)
}

# Replaces Debian's script, which would write to resolv.conf.
dhcp_client()
{
	command -v udhcpc > /dev/null || skip "needs udhcpc"
	mkdir -p /run/tmp/udhcpc
	cat > /run/tmp/udhcpc/default.script <<-'END'
		#!/bin/sh
		case $1 in
		bound|renew) ip address replace "$ip/$mask" dev "$interface" ;;
		deconfig) ip -4 address flush dev "$interface" ;;
		esac
	END
	chmod +x /run/tmp/udhcpc/default.script
	mountpoint -q /etc/udhcpc || mount --bind /run/tmp/udhcpc /etc/udhcpc
}

devices()
{
	ip -br link show | awk '{ print $1, $3 }' 
}

gone()
{
	! kill -0 "$1" 2> /dev/null
}

whole_lab()
{
	local before client

	hooks "$@"
	dhcp_client
	dhcp_server
	before=$(devices)
	run -0 ifup -a
	run -0 ifquery --state
	echo "$output"
	[ "$(sort <<< "$output")" = $'br0=br0\nlo=lo' ]
	run -0 brctl show
	[ "${lines[1]}" = $'br0\t\t8000.000c299e441b\tno\t\tens33' ]
	ip -4 -br address show br0 | grep -q ' 192.168.213.157/24 '
	ip -br address show ens33 | grep -qv '[.:][0-9a-f]*/'
	client=$(< /run/udhcpc.br0.pid)

	lab4_guests
	brctl addif br0 vnet0 vnet1
	forwarding ens33 vnet0 vnet1
	lab4_ping
	in_guest vm1 ping -n -c 1 -W 5 192.168.213.157

	run -0 ifdown -a
	run -0 ifquery --state
	[ "$output" = "" ]
	poll 5 gone "$client"
	ip netns del vm0
	ip netns del vm1
	poll 5 eval '! ip link show vnet0 2> /dev/null'
	poll 5 eval '! ip link show vnet1 2> /dev/null'
	[ "$(devices)" = "$before" ]
	[ ! -e /sys/class/net/br0 ]
}

@test "tutorial 4's interfaces file, with our hooks" {
	whole_lab ours
}

@test "tutorial 4's interfaces file, with Debian's hooks and our brctl" {
	needs_ifupdown bridge-utils
	whole_lab debian
}
