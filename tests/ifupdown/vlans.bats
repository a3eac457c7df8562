#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# VLAN devices with ifup: errors in stanzas, options that only our hooks have,
# and the VLANs of bridge ports.

load ../common.bash
load ifupdown.bash

setup()
{
	our_machine vlan_filtering 8021q
}

# Prints the device and its parent, the protocol, and the VLAN id.
vlan_row()
{
	ip -d -o link show dev "$1" | sed -n \
		's/^[0-9]*: \([^:]*\): .* vlan protocol \([^ ]*\) id \([0-9]*\) .*/\1 \2 \3/p'
}

@test "what is missing or wrong with a VLAN is named, and nothing is left" {
	interfaces <<-END
		iface vlan10 inet manual
		vlan_raw_device eth9
		iface guests inet manual
		vlan_raw_device eth0
		iface vlan5000 inet manual
		vlan_raw_device eth0
		iface vlan9 inet manual
		iface vlan3 inet manual
		vlan_id 4
		vlan_raw_devise eth0
	END
	run -1 ifup vlan10
	[ "${lines[0]}" = "vlan10: there is no eth9 to make it on" ]
	run -1 ifup guests
	[ "${lines[0]}" = "guests: which VLAN? Call it vlan5 or eth0.5, or give vlan_id" ]
	run -1 ifup vlan5000
	[[ ${lines[0]} = *"VLAN #5000 to IF -:eth0:-"* ]]
	run -0 ifup vlan9
	[ "$output" = "vlan9: no such device, and no vlan_raw_device to make it on" ]
	run -0 ifup vlan3
	[ "${lines[0]}" = "vlan3: no such option: vlan_raw_devise" ]
	[ -z "$(ip -br link show type vlan)" ]
}

@test "vlan_id and vlan_protocol make a device of any name" {
	interfaces <<-END
		iface guests inet manual
		vlan_raw_device eth1
		vlan_id 11
		vlan_protocol 802.1ad
		iface eth0.5 inet manual
		hw-mac-address 02:00:00:00:aa:01
	END
	run -0 ifup guests eth0.5
	[ "$output" = "" ]
	[ "$(vlan_row guests)" = "guests@eth1 802.1ad 11" ]
	[ "$(mac_of eth0.5)" = 02:00:00:00:aa:01 ]
	run -0 ifup --force guests
	[ "$output" = "" ]
	run -0 ifdown guests eth0.5
	[ "$output" = "" ]
	[ -z "$(ip -br link show type vlan)" ]
}

@test "a VLAN device made beforehand is taken as it is" {
	vconfig add eth1 7
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth1.7
		bridge_maxwait 0
		iface vlan8 inet manual
		vlan_raw_device eth0
	END
	ip link set dev eth1 up
	ip link add link eth0 name vlan8 type vlan id 8
	run -0 ifup br0 vlan8
	[ "$output" = "" ]
	[ -e /sys/class/net/br0/brif/eth1.7 ]
}

# With a brctl that refuses to add this port.
@test "a VLAN that cannot become a port is not left" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0.5 eth1
		bridge_maxwait 0
	END
	cat > $etc_dir/refuse <<-END
		#!/bin/sh
		case "\$*" in *"addif br0 eth0.5") exit 1 ;; esac
		exec "$BRCTL" "\$@"
	END
	chmod +x $etc_dir/refuse
	cover $etc_dir/refuse /usr/sbin/brctl
	run -0 ifup br0
	[ "$output" = "" ]
	[ -e /sys/class/net/br0/brif/eth1 ]
	[ -z "$(ip -br link show type vlan)" ]
}

# Prints the VLANs of each port on one line.
memberships()
{
	bridge -j vlan show | jq -r '.[] | select(.ifname | test("br0|eth|usb")) |
		.ifname + ": " + ([.vlans[] | "\(.vlan)" +
			(if .vlanEnd then "-\(.vlanEnd)" else "" end) +
			(if .flags then "*" else "" end)] | join(" "))'
}

@test "bridge_vids and bridge_pvid are for all ports, unless these have others" {
	needs_jq
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1 eth2 vif1
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_vids 10 20,22
		bridge_pvid 2
		iface eth1 inet manual
		bridge-access 7
		iface eth2 inet manual
		bridge-vids 1 3-4
		bridge-pvid 3
		iface vif1 inet manual
		bridge-pvid 0
	END
	run -0 ifup br0
	[ "$output" = "" ]
	run -0 memberships
	[ "$output" = "eth0: 2* 10 20 22
eth1: 7*
eth2: 1 3* 4
br0: 1*" ]
	[ "$(bridge -j vlan show dev vif1 | jq -c '[.[].vlans[].vlan]')" = "[10,20,22]" ]
	# ifup of the port itself, after the bridge's, sets its VLANs again.
	brctl delvlan br0 eth1 7
	brctl addvlan br0 eth1 99
	run -0 ifup eth1
	[ "$output" = "" ]
	[ "$(memberships | grep eth1)" = "eth1: 7*" ]
}

@test "a port that has another's stanza has that one's VLANs" {
	needs_jq
	interfaces <<-END
		iface home inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_vids 10
		iface desk inet manual
		bridge-access 7
	END
	run -0 ifup br0=home
	run -0 ifup eth1=desk
	[ "$output" = "" ]
	run -0 memberships
	[ "$output" = "eth0: 1* 10
eth1: 7*
br0: 1*" ]
	run -0 ifdown br0
	run -0 ifup br0=home
	[ "$output" = "" ]
	[ "$(memberships | grep eth1)" = "eth1: 7*" ]
}

@test "a mapping is asked once" {
	needs_jq
	printf '%s\n' '#!/bin/sh' 'echo "$1-home"' > /run/tmp/home
	chmod +x /run/tmp/home
	interfaces <<-END
		mapping br* eth*
		script /run/tmp/home
		iface br0-home inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_vids 10
		iface eth1-home inet manual
		bridge-pvid 5
	END
	run -0 ifup br0
	[ "$output" = "" ]
	[ "$(memberships | grep eth1)" = "eth1: 5* 10" ]
	brctl delvlan br0 eth1 10
	run -0 ifup eth1
	[ "$output" = "" ]
	[ "$(memberships | grep eth1)" = "eth1: 5* 10" ]
	run -0 ifdown br0
	run -0 ifup br0
	[ "$(memberships | grep eth1)" = "eth1: 5* 10" ]
}

@test "of bridge_vids what is no VLAN is named, and the others are the port's" {
	needs_jq
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_vids 10 x 20-22 4095 5
		iface eth1 inet manual
		bridge-vids 7
	END
	run -0 ifup br0
	[ "$output" = 'brctl: "x" is no VLAN id, and no set of ids like 10,20-29; ranges go upwards, and no id stands twice
brctl: "4095" is out of range: VLAN ids go from 1 to 4094' ]
	run -0 memberships
	[ "$output" = "eth0: 1* 5 10 20 21 22
eth1: 1* 7
br0: 1*" ]
}

# The example in vbridge-interfaces(5).
@test "the host and a port that are in one VLAN reach each other" {
	ip link del eth1
	guest vm0 eth1 52:54:00:40:ba:3b 192.0.2.2/24
	interfaces <<-END
		auto br0 br0.5
		iface br0 inet manual
		        bridge_ports eth0 eth1
		        bridge_vlan_aware yes
		        bridge_vids 5-6
		        up brctl addvlan br0 br0 5
		iface eth1 inet manual
		        bridge_access 5
		iface br0.5 inet static
		        address 192.0.2.1/24
	END
	run -0 ifup -a
	[ "$output" = "" ]
	forwarding eth1
	in_guest vm0 ping -n -c 1 -W 5 192.0.2.1
	run -0 ifdown -a
	[ "$output" = "" ]
	[ ! -e /sys/class/net/br0 ]
}

@test "the VLANs of ports need bridge_vlan_aware" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0
		bridge_maxwait 0
		bridge_vids 10
	END
	run -0 ifup br0
	[ "$output" = "br0: bridge_vids and bridge_pvid need bridge_vlan_aware yes" ]
	[ "$(< /sys/class/net/br0/bridge/vlan_filtering)" = 0 ]
}

@test "a bridge that is there already becomes VLAN-aware, and no more" {
	brctl addbr br0
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0
		bridge_maxwait 0
		bridge_vlan_aware yes
	END
	run -0 ifup br0
	[ "$(< /sys/class/net/br0/bridge/vlan_filtering)" = 1 ]
	sed -i 's/aware yes/aware no/' /etc/network/interfaces
	run -0 ifup --force br0
	[ "$(< /sys/class/net/br0/bridge/vlan_filtering)" = 0 ]
}

@test "another stanza of a bridge leaves what the first has set" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_ageing 20
		iface br0 inet6 manual
		bridge_ports none
	END
	run -0 ifup br0
	[ "$(< /sys/class/net/br0/bridge/vlan_filtering)" = 1 ]
	[ "$(< /sys/class/net/br0/bridge/ageing_time)" = 2000 ]
	[ -e /sys/class/net/br0/brif/eth0 ]
	run -0 ifdown br0
	[ ! -e /sys/class/net/br0 ]
}

@test "a port that has another's stanza, and appears anew, has its VLANs" {
	needs_jq
	hotplug_setting yes
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_vids 10
		iface desk inet manual
		bridge-access 7
	END
	ifup br0
	ifup eth1=desk
	ip link del eth1
	ip link add eth1 type veth peer name far8
	run -0 appears eth1
	[ "$output" = "" ]
	[ "$(memberships | grep eth1)" = "eth1: 7*" ]
}

@test "a device that appears gets its VLANs, or makes them" {
	needs_jq
	hotplug_setting yes
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 usb0
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_vids 10
		iface br1 inet manual
		bridge_ports usb1.5
		bridge_maxwait 0
	END
	ifup br0 br1
	ip link add usb0 type veth peer name far8
	ip link add usb1 type veth peer name far9
	for device in usb0 usb1; do
		run -0 appears $device
		[ "$output" = "" ]
	done
	[ "$(memberships | grep usb0)" = "usb0: 1* 10" ]
	[ -e /sys/class/net/br1/brif/usb1.5 ]
}
