#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# delvlan: removes ports, and bridges themselves, from VLANs.

load ../common.bash
load vlans.bash

setup()
{
	vlan_bridge
	bridge -batch - <<-END
	vlan add dev v0 vid 10-20
	vlan add dev v0 vid 30 untagged
	vlan add dev br0 vid 10-11 self
	END
}

# refused WHY WORD...: checks that delvlan is refused for the port v0.
refused()
{
	local why=$1

	shift
	refuses "brctl: cannot delete VLANs of \"v0\" of bridge \"br0\": $why" \
		delvlan br0 v0 "$@"
}

@test "one VLAN, a range, and a list of both" {
	works delvlan br0 v0 1
	works delvlan br0 v0 11-13
	works delvlan br0 v0 30,15-18
	in_vlans v0 "10 14 19 20"
	works delvlan br0 br0 1,10
	in_vlans br0 11
	in_vlans v1 1pu
	same vlans br0 6
}

@test "if one VLAN is missing, none is deleted" {
	refused "VLAN 21 is not there" 10-21
	refused "VLAN 9 is not there" 9-20
	refused "VLAN 31 is not there" 30,31
	refused "VLAN 4094 is not there" 4094
	refuses "brctl: cannot delete VLANs of \"br0\" of bridge \"br0\":\
 VLAN 12 is not there" delvlan br0 br0 10-12
	in_vlans v0 "1pu 10 11 12 13 14 15 16 17 18 19 20 30u"
	same vlans br0 17
}

@test "--if-exists deletes the existing VLANs" {
	works delvlan --if-exists br0 v0 19-29
	works delvlan --if-exists br0 v0 100-200
	works delvlan --if-exists br0 br0 11-12
	in_vlans v0 "1pu 10 11 12 13 14 15 16 17 18 30u"
	in_vlans br0 "1pu 10"
	# The port and the bridge may be missing, too.
	works delvlan --if-exists br0 nope 10
	works delvlan --if-exists br0 w0 10
	works delvlan --if-exists nope v0 10
	works delvlan --if-exists br0 nope,v0,w0 18,30
	in_vlans v0 "1pu 10 11 12 13 14 15 16 17"
	ip link add br1 type bridge
	refuses "brctl: cannot delete VLANs of \"v0\" of bridge \"br1\": it is\
 a port of another bridge" delvlan --if-exists br1 v0 10
	refuses "brctl: delvlan: option --may-exist is not supported" \
		delvlan --may-exist br0 \
		v0 10
}

@test "with the word tunnel, only the tunnels are deleted" {
	works setport br0 v0 vlan_tunnel=on
	works addvlan br0 v0 10-14 tunnel 100
	works delvlan br0 v0 11-12 tunnel
	same tunnels br0 3
	works delvlan --if-exists br0 v0 8-10 tunnel
	same tunnels br0 2
	refuses "brctl: cannot take VLANs of \"v0\" of bridge \"br0\" off\
 their tunnels: VLAN 21 is not there" delvlan br0 v0 13-21 tunnel
	same tunnels br0 2
	in_vlans v0 "1pu 10 11 12 13 14 15 16 17 18 19 20 30u"
	# The tunnel of a VLAN is deleted with the VLAN.
	works delvlan br0 v0 13
	same tunnels br0 1
}

@test "invalid arguments are refused" {
	local no_set="is not a VLAN id, and no set of ids like 10,20-29"

	refuses "brctl: \"20-10\" $no_set: 20-10 goes downwards" \
		delvlan br0 v0 20-10
	refuses "brctl: \"\" $no_set: a number is missing at the end" \
		delvlan br0 v0 ""
	refuses 'brctl: "4095" is out of range: VLAN ids range from 1 to 4094' \
		delvlan br0 v0 4095
	refuses 'brctl: "0" is out of range: VLAN ids range from 1 to 4094' \
		delvlan br0 v0 0
	refuses 'brctl: "tunnels" is not the word tunnel' delvlan br0 v0 10 \
		tunnels
	one_word_off "delvlan <bridge> <members> <vids> [tunnel]	remove\
 ports from VLANs" delvlan br0 v0
	one_word_off "delvlan <bridge> <members> <vids> [tunnel]	remove\
 ports from VLANs" delvlan br0 v0 10 tunnel x
	refuses "brctl: cannot delete VLANs of \"w0\" of bridge \"br0\": it\
 is not a port" delvlan br0 w0 10
	refuses "brctl: cannot delete VLANs of \"nope\" of bridge \"br0\": No\
 such device" delvlan br0 nope 10
	powerless "brctl: cannot delete VLANs of \"v0\" of bridge \"br0\":\
 Operation not permitted; the capability CAP_NET_ADMIN is needed" \
		delvlan br0 v0 10-20
	same vlans br0 17
}
