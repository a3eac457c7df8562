#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Documented behaviour that our hooks have and Debian's do not; options that
# only our hooks have; devices that appear later.
#
# environment: ns

load ../common.bash
load ifupdown.bash

setup()
{
	our_machine
}

# port_file DEVICE NAME: prints a file of the port in sysfs.
port_file()
{
	cat "/sys/class/net/$1/brport/$2"
}

@test "costs of several ports can be on one line, or on one line each" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
		bridge_pathcost eth0 50 eth1 60
		bridge_portprio eth0 10
		bridge_portprio eth1 20
	END
	run -0 ifup br0
	[ "$output" = "" ]
	[ "$(port_file eth0 path_cost) $(port_file eth1 path_cost)" = "50 60" ]
	[ "$(port_file eth0 priority) $(port_file eth1 priority)" = "10 20" ]
}

@test "bridge_ports may have another expression directly after all" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports all regex w.*0 noregex vif1
		bridge_maxwait 0
	END
	run -0 ifup br0
	for port in eth0 eth1 eth2 weird0 vif1; do
		[ -e "/sys/class/net/br0/brif/$port" ]
	done
	[ ! -e /sys/class/net/far0/brport ]
	ip link add en0 type veth peer name far5
	run -0 ifdown br0
	[ "$output" = "" ]
}

@test "expressions do not match lo, bridges, or the shell's files" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports regex .* *
		bridge_maxwait 0
	END
	brctl addbr br9
	cd /
	run ifup br0
	[ "$status" -eq 0 ]
	[[ $output != *lo* ]]
	[[ $output != *br9* ]]
	[[ $output != *bin* ]]
	[ -e /sys/class/net/br0/brif/far4 ]
}

@test "ports that others added to the bridge stay up after ifdown" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0
		bridge_maxwait 0
	END
	ifup br0
	ip link set dev vif1 up
	brctl addif br0 vif1
	run -0 ifdown br0
	[[ $(ip -br link show dev vif1) = *"UP"* ]]
	[[ $(ip -br link show dev eth0) != *",UP"* ]]
}

@test "hw_mac_address works for any interface, also for a bridge" {
	interfaces <<-END
		iface eth0 inet manual
		hw-mac-address 02:00:00:00:aa:01
		iface br0 inet manual
		bridge_ports eth1
		bridge_maxwait 0
		hw_mac_address 02:00:00:00:aa:02
	END
	run -0 ifup eth0 br0
	[ "$(mac_of eth0)" = 02:00:00:00:aa:01 ]
	[ "$(mac_of br0)" = 02:00:00:00:aa:02 ]
}

@test "invalid values of ip_rp_filter and ip_proxy_arp are reported" {
	interfaces <<-END
		iface eth0 inet manual
		ip_rp_filter 2
		ip_proxy_arp 2
	END
	run -0 ifup eth0
	[ "$output" = "eth0: ip_proxy_arp 2: not a number from 0 to 1" ]
	[ "$(< /proc/sys/net/ipv4/conf/eth0/rp_filter)" = 2 ]
	[ "$(< /proc/sys/net/ipv4/conf/eth0/proxy_arp)" = 0 ]
}

@test "devices may be given by their alternative names" {
	ip link property add dev eth0 altname enp0s3
	ip link property add dev eth1 altname the-port-of-the-second-floor
	interfaces <<-END
		iface br0 inet manual
		bridge_ports enp0s3 eth0 the-port-of-the-second-floor
		bridge_waitport 1 enp0s3
		bridge_maxwait 0
		bridge_hw enp0s3
		bridge_pathcost enp0s3 50
		iface enp0s3 inet manual
		ip_proxy_arp 1
	END
	run -0 ifup br0 enp0s3
	[ "$output" = "" ]
	[ -e /sys/class/net/br0/brif/eth0 ]
	[ -e /sys/class/net/br0/brif/eth1 ]
	[ "$(port_file eth0 path_cost)" = 50 ]
	[ "$(mac_of br0)" = 02:00:00:00:00:00 ]
	[ "$(< /proc/sys/net/ipv4/conf/eth0/proxy_arp)" = 1 ]
	run -0 ifdown br0
	[ "$output" = "" ]
	[ ! -e /sys/class/net/br0 ]
}

# A namespace may still have the old /sys mounted.
@test "the hooks do not need /sys" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 regex vif.*
		bridge_hw eth0
		bridge_waitport 1 eth0
		bridge_maxwait 0
		mtu 1400
	END
	mount -t tmpfs tmpfs /sys
	run ifup br0
	up=$status:$output
	run -0 brctl show br0
	shown=$output
	run ifdown br0
	down=$status:$output
	umount /sys
	[ "$up $down" = "0: 0:" ]
	[ "$(awk '{ print $NF }' <<< "$shown" | xargs)" = "interfaces eth0 vif1" ]
	[ ! -e /sys/class/net/br0 ]
}

# ipv6_mode DEVICE: prints how the kernel makes link-local addresses.
ipv6_mode()
{
	cat "/proc/sys/net/ipv6/conf/$1/addr_gen_mode"
}

@test "a port that was up loses its link-local address, until ifdown" {
	ip link set dev eth0 up
	ip -6 -o address show dev eth0 | grep -q ' fe80:'
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
		mtu 1400
	END
	run -0 ifup br0
	[ "$output" = "" ]
	[ "$(ip -6 -o address show dev eth0)" = "" ]
	[ "$(ipv6_mode eth0) $(< /sys/class/net/eth0/mtu)" = "1 1400" ]
	ip link set dev eth1 mtu 1300
	run -0 ifup --force br0
	run -0 ifdown br0
	[ "$output" = "" ]
	[ "$(ipv6_mode eth0) $(ipv6_mode eth1)" = "0 0" ]
	[ "$(< /sys/class/net/eth0/mtu) $(< /sys/class/net/eth1/mtu)" = "1500 1500" ]
	ip link set dev eth0 up
	ip -6 -o address show dev eth0 | grep -q ' fe80:'
}

@test "the address of a device that becomes a port is named" {
	ip link set dev eth0 up
	ip address add 192.0.2.7/24 dev eth0
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
	END
	run -0 ifup br0
	[ "$output" = "br0: eth0 has the address 192.0.2.7/24, which does not work\
 on a port; brctl adopt, run in place of ifup, moves addresses to the bridge" ]
	run -0 ifup --force br0
	[ "$output" = "" ]
}

# port_settings PORT: prints its IPv6 mode and its MTU.
port_settings()
{
	echo "$(ipv6_mode "$1") $(< "/sys/class/net/$1/mtu")"
}

@test "ifdown restores a port's settings although the bridge was deleted" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0
		bridge_maxwait 0
		mtu 1400
	END
	ifup br0
	[ "$(port_settings eth0)" = "1 1400" ]
	ip link del br0
	run -0 ifdown br0
	[ "$output" = "" ]
	[ "$(port_settings eth0)" = "0 1500" ]
	# Without ifdown, the next ifup restores the settings.
	ifup br0
	ip link del br0
	run -0 ifup --force br0
	run -0 ifdown br0
	[ "$output" = "" ]
	[ "$(port_settings eth0)" = "0 1500" ]
}

@test "an option of a bridge in the stanza of a port is reported" {
	interfaces <<-END
		iface eth0 inet manual
		bridge-stp on
		bridge-pvid 5
	END
	run -0 ifup eth0
	[ "$output" = "eth0: bridge_stp has no effect without bridge_ports" ]
}

hotplug_file()
{
	interfaces <<-END
		auto br0
		iface br0 inet manual
		bridge_ports eth0
		bridge_ports eth9
		bridge_maxwait 0
		bridge_pathcost eth9 50
		bridge_portprio eth9 10
		bridge_portprio eth0 20
		mtu 1400
		iface br1 inet manual
		bridge_ports regex usb.*
		bridge_maxwait 0
	END
	ifup br0 br1
	ip link add eth9 type veth peer name far9
	ip link add usb3 type veth peer name far8
}

@test "a device that appears joins the bridge whose stanza lists it" {
	hotplug_setting yes
	hotplug_file
	run -0 appears eth9
	[ "$output" = "" ]
	[ -e /sys/class/net/br0/brif/eth9 ]
	[ "$(port_file eth9 path_cost) $(port_file eth9 priority)" = "50 10" ]
	[ "$(< /sys/class/net/eth9/mtu)" = 1400 ]
	[[ $(ip -br link show dev eth9) = *"UP"* ]]
	run -0 appears usb3
	[ -e /sys/class/net/br1/brif/usb3 ]
	run -0 appears far8
	[ ! -e /sys/class/net/far8/brport ]
	# The device may be a port already, if ifup was faster.
	run -0 appears eth9
	[ "$output" = "" ]
}

@test "a device that appears joins a bridge that uses another stanza" {
	hotplug_setting yes
	interfaces <<-END
		iface home inet manual
		bridge_ports eth0 eth9
		bridge_maxwait 0
	END
	run -0 ifup br0=home
	ip link add eth9 type veth peer name far9
	run -0 appears eth9
	[ "$output" = "" ]
	[ -e /sys/class/net/br0/brif/eth9 ]
}

@test "a device that appears joins a bridge whose stanza has an altname" {
	hotplug_setting yes
	interfaces <<-END
		iface lan inet manual
		bridge_ports eth9
		bridge_maxwait 0
	END
	ip link add br0 type bridge
	ip link property add dev br0 altname lan || skip "needs altnames"
	run -0 ifup lan
	ip link add eth9 type veth peer name far9
	run -0 appears eth9
	[ "$output" = "" ]
	[ -e /sys/class/net/br0/brif/eth9 ]
}

@test "the exit status of the settings file is ignored" {
	hotplug_setting $'yes\nfalse'
	hotplug_file
	run -0 appears eth9
	[ -e /sys/class/net/br0/brif/eth9 ]
}

@test "a device that appears joins no bridge without BRIDGE_HOTPLUG=yes" {
	hotplug_setting no
	hotplug_file
	run -0 appears eth9
	[ ! -e /sys/class/net/eth9/brport ]
}

@test "a device that appears joins no bridge that is down" {
	hotplug_setting yes
	hotplug_file
	ifdown br0
	run -0 appears eth9
	[ "$output" = "" ]
	[ ! -e /sys/class/net/br0 ]
}
