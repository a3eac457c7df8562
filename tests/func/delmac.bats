#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# delmac: deletes FDB entries.
#
# environment: ns

load ../common.bash
load exact.bash

MAC=02:bb:00:00:00:01

setup()
{
	no_ipv6
	pair v0 w0 02:00:00:00:00:20
	ip link add br0 type bridge
	[ ! -e /sys/class/net/br0/bridge/default_pvid ] ||
		ip link set br0 type bridge vlan_default_pvid 0
	ip link set v0 master br0
}

# refused WHY MAC WORD...: checks that delmac is refused for the port v0.
refused()
{
	local why=$1 mac=$2

	shift 2
	refuses "brctl: cannot delete $mac of \"v0\" of bridge \"br0\": $why" \
		delmac br0 v0 "$mac" "$@"
}

@test "entries of a port and of the bridge are deleted, whoever added them" {
	bridge fdb add $MAC dev v0 master static
	bridge fdb add 02:bb:00:00:00:02 dev br0 self local
	bridge fdb add 02:bb:00:00:00:03 dev v0 master static sticky
	works addmac br0 v0 02:bb:00:00:00:04 local
	same fdb br0 5
	works delmac br0 v0 $MAC
	works delmac br0 br0 02:bb:00:00:00:02
	works delmac br0 v0 02:bb:00:00:00:04
	same fdb br0 2
	[ "$(bridge fdb show br br0 | grep -c 02:bb)" -eq 1 ]
}

# Without a VLAN, the kernel uses all VLANs of the port, as for addmac.
@test "an entry in one VLAN is deleted, or without a VLAN those in all VLANs" {
	needs vlan_filtering
	bridge vlan add dev v0 vid 10-12
	bridge fdb add $MAC dev v0 master static vlan 10
	same fdb br0 5
	refused "there is no such entry" $MAC vlan 11
	refused "it is not a member of that VLAN" $MAC vlan 13
	works delmac br0 v0 $MAC vlan 10
	works addmac br0 v0 $MAC
	same fdb br0 8
	works delmac br0 v0 $MAC vlan 11
	works delmac br0 v0 $MAC
	same fdb br0 4
}

@test "deleting a missing entry fails; --if-exists allows it" {
	refused "there is no such entry" $MAC
	works delmac --if-exists br0 v0 $MAC
	refuses "brctl: delmac: option --may-exist is not supported" \
		delmac --may-exist br0 \
		v0 $MAC
	same fdb br0 1
}

@test "an entry of another port is kept" {
	pair v1 w1
	ip link set v1 master br0
	bridge fdb add $MAC dev v1 master static
	refused "there is no such entry" $MAC
	works delmac --if-exists br0 v0 $MAC
	[ "$(bridge fdb show br br0 | grep $MAC)" = \
		"$MAC dev v1 master br0 static" ]
}

@test "invalid, multicast and zero MAC addresses are refused" {
	refuses 'brctl: "x" is not a MAC address' delmac br0 v0 x
	refuses 'brctl: "" is not a MAC address' delmac --if-exists br0 v0 ""
	refused "this is the address of a multicast group, not of a station" \
		01:bb:00:00:00:01
	refused "this is not the address of a station" 00:00:00:00:00:00
}

@test "unknown words and a wrong number of arguments are refused" {
	local usage="delmac <bridge> <member> <mac> [vlan <vid>] [self]\
 [dst <ip>] [port <udp-port>] [vni <vni>] [src_vni <vni>] [via <link>]\
 [nhid <id>]	delete an entry from the FDB"

	refuses 'brctl: "static" is not one of vlan, self, dst, port, vni, src_vni,'\
' via and nhid' delmac br0 v0 $MAC static
	refuses 'brctl: "0" is not a VLAN id: they range from 1 to 4094' \
		delmac br0 v0 $MAC vlan 0
	refuses 'brctl: "vlan" needs a value' \
		delmac br0 v0 $MAC vlan
	one_word_off "$usage" delmac br0 v0
}

@test "devices that are not ports of the bridge are refused" {
	refuses "brctl: cannot delete $MAC of \"w0\" of bridge \"br0\": it is\
 not a port" delmac br0 w0 $MAC
	refuses "brctl: cannot delete $MAC of \"nope\" of bridge \"br0\": No\
 such device" delmac br0 nope $MAC
	refuses "brctl: cannot delete $MAC of \"v0\" of bridge \"nope\": no\
 such bridge" delmac nope v0 $MAC
}

@test "without CAP_NET_ADMIN no entry is deleted" {
	bridge fdb add $MAC dev v0 master static
	powerless "brctl: cannot delete $MAC of \"v0\" of bridge \"br0\":\
 Operation not permitted; the capability CAP_NET_ADMIN is needed" \
		delmac br0 v0 $MAC
	same fdb br0 2
}
