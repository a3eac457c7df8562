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

@test "errors in the stanza of a VLAN are reported, and nothing is created" {
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
	[ "${lines[0]}" = "vlan10: vlan_raw_device: there is no device eth9" ]
	run -1 ifup guests
	[ "${lines[0]}" = "guests: no VLAN id: name the interface vlan5 or eth0.5, or set vlan_id" ]
	run -1 ifup vlan5000
	[[ ${lines[0]} = *"VLAN #5000 to IF -:eth0:-"* ]]
	run -0 ifup vlan9
	[ "$output" = "vlan9: there is no such device; to create it, set vlan_raw_device" ]
	run -0 ifup vlan3
	[ "${lines[0]}" = "vlan3: no such option: vlan_raw_devise" ]
	[ -z "$(ip -br link show type vlan)" ]
}

@test "with vlan_id and vlan_protocol, a VLAN device may have any name" {
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

@test "an existing VLAN device is used unchanged" {
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

# Uses a brctl that refuses to add this port.
@test "a new VLAN device that cannot become a port is deleted" {
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0.5 eth1
		bridge_maxwait 0
	END
	cat > $etc_dir/refuse <<-END
		#!/bin/sh
		case "\$*" in *"addif -- br0 eth0.5") exit 1 ;; esac
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

@test "bridge_vids and bridge_pvid apply to ports that do not set them" {
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
	# ifup of the port, after that of the bridge, sets its VLANs again.
	brctl delvlan br0 eth1 7
	brctl addvlan br0 eth1 99
	run -0 ifup eth1
	[ "$output" = "" ]
	[ "$(memberships | grep eth1)" = "eth1: 7*" ]
}

@test "the stanza of a port may have its altname; its alias is ignored" {
	needs_jq
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
		bridge_vlan_aware yes
		iface desk inet manual
		bridge-access 7
	END
	ip link property add dev eth1 altname desk || skip "needs altnames"
	ip link set dev eth1 alias 'to the "altnames":["office"] switch'
	run -0 ifup br0
	[ "$output" = "" ]
	[ "$(memberships | grep eth1)" = "eth1: 7*" ]
}

@test "a port that uses another stanza has the VLANs of that stanza" {
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

@test "a mapping script is run once" {
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

@test "invalid VLANs in bridge_vids are reported, and the others are used" {
	needs_jq
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_vids 010 x 20-22 4095 5 10\\c
		iface eth1 inet manual
		bridge-vids 7
		bridge-vids 2-4096 8
		bridge-learning off
	END
	run -0 ifup br0
	[ "$output" = "br0: bridge_vids x: not a VLAN id from 1 to 4094, and not a range such as 20-29
br0: bridge_vids 4095: not a VLAN id from 1 to 4094, and not a range such as 20-29
br0: bridge_vids 10\c: not a VLAN id from 1 to 4094, and not a range such as 20-29
eth1: no such option: bridge_learning
eth1: bridge_vids 2-4096: not a VLAN id from 1 to 4094, and not a range such as 20-29" ]
	run -0 memberships
	[ "$output" = "eth0: 1* 5 10 20 21 22
eth1: 1* 7 8
br0: 1*" ]
}

# The example in vbridge-interfaces(5).
@test "the host and a port in the same VLAN reach each other" {
	ip link del eth1
	guest vm0 eth1 52:54:00:40:ba:3b 192.0.2.2/24
	interfaces <<-END
		auto br0 br0.5
		iface br0 inet manual
		        bridge_ports eth0 eth1
		        bridge_vlan_aware yes
		        bridge_vids 5-6
		iface eth1 inet manual
		        bridge_access 5
		iface br0.5 inet static
		        address 192.0.2.1/24
	END
	run -0 ifup -a
	[ "$output" = "" ]
	forwarding eth1
	in_guest vm0 ping -n -c 1 -W 5 192.0.2.1
	run -0 ifdown br0.5
	[ "$output" = "" ]
	run -0 brctl showvlans br0
	[[ $output != *$'br0\tbr0\t5'* ]]
	run -0 ifdown -a
	[ "$output" = "" ]
	[ ! -e /sys/class/net/br0 ]
}

@test "a bridge is in the VLANs of the devices on it, in any order of ifup" {
	needs_jq
	interfaces <<-END
		iface br0 inet manual
		bridge_ports none
		bridge_vlan_aware yes
		iface br0.1 inet manual
		iface vlan7 inet manual
		vlan_raw_device br0
		iface br0.8 inet manual
	END
	brctl addbr br0
	run -0 ifup br0.8
	# Some versions of ifup bring up br0 first.
	brctl --if-exists delvlan br0 br0 8
	run -0 ifup --force br0
	[ "$output" = "" ]
	run -0 memberships
	[ "$output" = "br0: 1* 8" ]
	run -0 ifup vlan7
	[ "$output" = "" ]
	run -0 ifup br0.1
	[ "$output" = "br0.1: br0 removes the tag of VLAN 1: its frames arrive at br0, not at br0.1" ]
	brctl addvlan br0 br0 9
	run -0 ifdown vlan7 br0.1 br0.8
	[ "$output" = "" ]
	run -0 memberships
	[ "$output" = "br0: 1* 9" ]
}

@test "a port that accepts no untagged frames has no PVID" {
	needs_jq
	interfaces <<-END
		iface br0 inet manual
		bridge_ports eth0 eth1 eth2
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_vids 10
		bridge_pvid 2
		iface eth1 inet manual
		bridge-allow-untagged no
		iface br1 inet manual
		bridge_ports vif1 weird0
		bridge_maxwait 0
		bridge_vlan_aware yes
		bridge_vids 10
		bridge_allow_untagged no
		iface weird0 inet manual
		bridge-pvid 3
	END
	run -0 ifup br0 br1
	[ "$output" = "" ]
	run -0 memberships
	[ "$output" = "eth0: 2* 10
eth1: 10
eth2: 2* 10
br0: 1*" ]
	[ "$(bridge -j vlan show | jq -c '.[] | select(.ifname |
		test("vif1|weird0")) | [.vlans[].vlan]' | xargs)" = "[10] [3,10]" ]
}

@test "ifdown of a bridge removes the VLAN devices that it has created" {
	interfaces <<-END
		iface eth0.5 inet manual
		iface br0 inet manual
		bridge_ports eth0.5 eth1.5 eth1.6
		bridge_maxwait 0
		iface br1 inet manual
		bridge_ports eth1.7
		bridge_maxwait 0
	END
	mode=/proc/sys/net/ipv6/conf/eth1/addr_gen_mode
	run -0 ifup eth0.5 br0 br1
	[ "$output" = "" ]
	[ "$(< $mode)" = 1 ]
	run -0 ifdown br0
	[ "$output" = "" ]
	[ "$(ip -br link show type vlan | awk '{ print $1 }' | xargs)" = \
		"eth0.5@eth0 eth1.7@eth1" ]
	[ "$(< $mode)" = 1 ]
	run -0 ifdown br1
	[ "$(< $mode)" = 0 ]
	run -0 ifdown eth0.5
	[ -z "$(ip -br link show type vlan)" ]
}

@test "the MTU of all devices below a VLAN device is raised" {
	interfaces <<-END
		iface eth0.5 inet manual
		iface vlan6 inet manual
		vlan_raw_device eth0.5
		mtu 4000
		iface br0 inet manual
		bridge_ports eth1.5
		bridge_maxwait 0
		mtu 5000
	END
	run -0 ifup eth0.5 vlan6 br0
	[ "$output" = "" ]
	run -0 cat /sys/class/net/{eth0,eth0.5,vlan6,eth1,eth1.5,br0}/mtu
	[ "$(xargs <<< "$output")" = "4000 4000 4000 5000 5000 5000" ]
}

@test "a parent may be given by an alternative name" {
	ip link property add dev eth0 altname enp0s3
	interfaces <<-END
		iface vlan9 inet manual
		vlan_raw_device enp0s3
		iface br0 inet manual
		bridge_ports enp0s3.5
		bridge_maxwait 0
	END
	run -0 ifup vlan9 br0
	[ "$output" = "" ]
	[ "$(vlan_row vlan9)" = "vlan9@eth0 802.1Q 9" ]
	[ "$(vlan_row enp0s3.5)" = "enp0s3.5@eth0 802.1Q 5" ]
	run -0 ifdown vlan9 br0
	[ "$output" = "" ]
	[ -z "$(ip -br link show type vlan)" ]
}

@test "VLANs of ports need bridge_vlan_aware" {
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

@test "bridge_vlan_aware is applied to a bridge that already exists" {
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

@test "a second stanza of a bridge keeps the options of the first" {
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

@test "a port that uses another stanza gets its VLANs when it appears again" {
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

@test "a device that appears gets its VLANs, or its VLAN device is created" {
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

# The mode of a bond can only be set while it is down.
@test "a bond that appears joins the bridge, and is not set up" {
	ip link add bond0 type bond || skip "needs bonding"
	ip link del bond0
	hotplug_setting yes
	interfaces <<-END
		iface br0 inet manual
		bridge_ports none bond0
		bridge_maxwait 0
	END
	ifup br0
	ip link add bond0 type bond
	run -0 appears bond0
	[ "$output" = "" ]
	[ -e /sys/class/net/br0/brif/bond0 ]
	[[ $(ip -br link show dev bond0) != *",UP"* ]]
	ip link set dev bond0 type bond mode active-backup
}

@test "a parent that appears is configured by its own ifup" {
	hotplug_setting yes
	interfaces <<-END
		iface br0 inet manual
		bridge_ports usb0.5
		bridge_maxwait 0
		mtu 4000
		iface usb0 inet manual
		mtu 4000
	END
	ifup br0 2> /dev/null
	ip link add usb0 type veth peer name far8
	run -0 appears usb0
	[ "$output" = "" ]
	[[ $(ip -br link show dev usb0) != *",UP"* ]]
	[ ! -e /sys/class/net/usb0.5 ]
	run -0 ifup usb0
	[ "$output" = "" ]
	[ -e /sys/class/net/br0/brif/usb0.5 ]
	[[ $(ip -br link show dev usb0.5) = *"UP"* ]]
	[ "$(< /sys/class/net/usb0.5/mtu)" = 4000 ]
	[ "$(< /proc/sys/net/ipv6/conf/usb0/addr_gen_mode)" = 0 ]
}

@test "a parent without a stanza that appears is not set up" {
	hotplug_setting yes
	interfaces <<-END
		iface br0 inet manual
		bridge_ports usb0.5
		bridge_maxwait 0
	END
	ifup br0 2> /dev/null
	ip link add usb0 type veth peer name far8
	run -0 appears usb0
	[ "$output" = "" ]
	[ -e /sys/class/net/br0/brif/usb0.5 ]
	[[ $(ip -br link show dev usb0) != *",UP"* ]]
	ip link set dev usb0 up
	[[ $(ip -br link show dev usb0.5) = *",UP"* ]]
}
