#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# getgroup shows one group, flushgroups deletes many.

load ../common.bash
load exact.bash

setup()
{
	no_ipv6
	pair v0 w0
	pair v1 w1
	ip link add br0 type bridge mcast_igmp_version 3
	ip link set v0 master br0 up
	ip link set v1 master br0 up
	ip link set w0 up
	ip link set w1 up
	ip link set br0 up
	works addgroup br0 v0,v1 239.1.1.1
	works addgroup br0 v0 239.1.1.2 temporary
	works addgroup br0 v1 239.1.1.3 source 10.0.0.1
	works addgroup br0 br0 239.1.1.4
}

# left WORD...: prints the members that are left, as PORT GROUP.
left()
{
	local got

	got=$(brctl showgroups br0 | sed -n '2,$s/\t/ /gp' |
		while read -r _ port _ group _; do
			printf '%s:%s ' "$port" "$group"
		done)
	[ "$got" = "$*${*:+ }" ] || {
		echo "left: $got"
		return 1
	}
}

@test "getgroup shows the members of one group" {
	gives 0 'bridge	port	VLAN	group	source	timer	flags
br0	v0	-	239.1.1.1	-	0.00	permanent
br0	v1	-	239.1.1.1	-	0.00	permanent' "" getgroup br0 239.1.1.1
	run -0 brctl getgroup br0 239.1.1.3 source 10.0.0.1
	[[ $output = *"v1	-	239.1.1.3	10.0.0.1	0.00	permanent"* ]]
}

@test "getgroup fails without members, and without snooping" {
	local begin='brctl: cannot read group "239.1.1.3" of bridge "br0":'

	refuses "$begin it has no members" getgroup br0 239.1.1.3
	refuses "$begin it has no members" getgroup br0 239.1.1.3 vlan 7
	refuses "$begin \"fd00::1\" is not a source of such a group" \
		getgroup br0 239.1.1.3 source fd00::1
	refuses 'brctl: cannot read group "10.0.0.1" of bridge "br0": 10.0.0.1'\
' is not the address of a group' getgroup br0 10.0.0.1
	refuses 'brctl: cannot read group "239.1.1.3" of bridge "v0": it is not'\
' a bridge' getgroup v0 239.1.1.3
	refuses 'brctl: "x" is not one of vlan, source and src_vni' \
		getgroup br0 239.1.1.3 x
	works set br0 multicast_snooping=off
	refuses "$begin its multicast_snooping is off" getgroup br0 239.1.1.3
}

@test "JSON of a group has what the schema says" {
	needs json jsonschema
	brctl -j getgroup br0 239.1.1.1 > "$BATS_TEST_TMPDIR/getgroup.1.json"
	"$PYTHON" -I "$tests_dir/func/valid.py" \
		"$tests_dir/../brctl/brctl.schema.json" \
		"$BATS_TEST_TMPDIR/getgroup.1.json"
}

@test "flushgroups deletes all members" {
	gives 0 "dry run: flushgroups br0 source 10.0.0.1" "" \
		--dry-run flushgroups br0 source 10.0.0.1
	gives 0 "dry run: flushgroups br0" "" --dry-run flushgroups br0
	left v0:239.1.1.1 v1:239.1.1.1 v0:239.1.1.2 v1:239.1.1.3 br0:239.1.1.4
	works flushgroups br0
	left
	works flushgroups br0
}

@test "flushgroups deletes the members of a port" {
	works flushgroups br0 port v1
	left v0:239.1.1.1 v0:239.1.1.2 br0:239.1.1.4
	works flushgroups br0 port br0
	left v0:239.1.1.1 v0:239.1.1.2
}

@test "flushgroups deletes those that stay, or the others" {
	works flushgroups br0 nopermanent
	left v0:239.1.1.1 v1:239.1.1.1 v1:239.1.1.3
	works flushgroups br0 permanent port v0,v1
	left
}

@test "flushgroups deletes by the source" {
	works flushgroups br0 source 10.0.0.2
	works flushgroups br0 source 10.0.0.1
	left v0:239.1.1.1 v1:239.1.1.1 v0:239.1.1.2 br0:239.1.1.4
}

@test "flushgroups deletes by the protocol" {
	brctl addgroup br0 v0 239.1.1.9 proto bird || skip "needs Linux 6.2"
	works flushgroups br0 proto bird
	left v0:239.1.1.1 v1:239.1.1.1 v0:239.1.1.2 v1:239.1.1.3 br0:239.1.1.4
	works flushgroups br0 proto static port v0
	left v1:239.1.1.1 v1:239.1.1.3 br0:239.1.1.4
}

@test "flushgroups deletes by the VLAN" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1
	bridge vlan add dev v0 vid 10
	works addgroup br0 v0 239.1.1.9 vlan 10
	works flushgroups br0 vlan 11
	works flushgroups br0 vlan 10
	left v0:239.1.1.1 v1:239.1.1.1 v0:239.1.1.2 v1:239.1.1.3 br0:239.1.1.4
}

@test "words that mean nothing delete nothing" {
	local begin='brctl: cannot flush the groups of bridge'

	refuses 'brctl: "x" is not one of port, vlan, source, proto,'\
' [no]permanent, dst, dst_port, vni and src_vni' flushgroups br0 x
	refuses 'brctl: "nopermanent" contradicts another word' \
		flushgroups br0 permanent nopermanent
	refuses 'brctl: "port" must be followed by a name' flushgroups br0 port
	refuses "$begin \"br0\": \"x\" is not a source" flushgroups br0 source x
	refuses "$begin \"br0\": it is not a VXLAN device" \
		flushgroups br0 dst 192.0.2.1
	refuses "$begin \"v0\": it is not a bridge" flushgroups v0
	refuses "$begin \"nope\": No such device" flushgroups nope
	refuses 'brctl: "0" is not a protocol: it is a name such as bird, or a'\
' number from 1 to 255' flushgroups br0 proto 0
	works set br0 multicast_snooping=off
	refuses "$begin \"br0\": its multicast_snooping is off" \
		flushgroups br0 source 10.0.0.1
}
