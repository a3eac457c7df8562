#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# setmst and showmst: states of ports in multiple spanning trees.

load ../common.bash
load exact.bash

CANNOT='brctl: cannot set the MST state of "v0" of bridge "br0":'

setup()
{
	no_ipv6
	pair v0 w0
	pair v1 w1
}

# trees: br0 has MST, and its ports are in VLAN 10, which is in instance 1.
trees()
{
	needs vlan_filtering
	works addbridge br0 vlan_filtering=on vlan_default_pvid=0 \
		mst_enabled=on up
	works addif br0 v0 v1
	works addvlan br0 v0,v1,br0 10
	works setvlan br0 br0 10 msti=1
}

@test "a state is set in one instance" {
	trees
	works setmst br0 v0 1 blocking
	run -0 brctl showmst br0
	[[ $output = *"bridge	port	MSTI	state"* ]]
	[[ $output = *"br0	v0	1	blocking"* ]]
	[[ $output != *"br0	v1	1	blocking"* ]]
	works setmst br0 v0,v1 1 forwarding
	[ "$(brctl showmst | grep -c $'\t1\tforwarding$')" -eq 2 ]
	works setmst br0 v0 1 2
	[[ $(brctl showmst) = *"br0	v0	1	learning"* ]]
	gives 0 "dry run: setmst br0 v0 1 blocking" "" \
		--dry-run setmst br0 v0 1 blocking
	[[ $(brctl showmst) = *"br0	v0	1	learning"* ]]
}

@test "an instance without a VLAN of the port is refused" {
	trees
	refuses "$CANNOT no VLAN of the port is in this MST instance" \
		setmst br0 v0 2 blocking
}

@test "if one port is refused, those before it get back their states" {
	trees
	works setmst br0 v0 1 learning
	works delvlan br0 v1 10
	refuses "${CANNOT/v0/v1} no VLAN of the port is in this MST instance" \
		setmst br0 v0,v1 1 blocking
	[[ $(brctl showmst br0) = *"br0	v0	1	learning"* ]]
}

@test "a bridge without MST is refused" {
	works addbr br0
	works addif br0 v0
	refuses "$CANNOT its mst_enabled is off" setmst br0 v0 1 blocking
	gives 0 "" "" showmst
}

@test "what is no instance, state or port is refused" {
	works addbr br0
	works addif br0 v0
	for word in 0 4095 x -1; do
		refuses "brctl: \"$word\" is not an MST instance: they range from 1 to\
 4094" setmst br0 v0 "$word" blocking
	done
	quiet setmst br0 v0 1 nope && return 1
	refuses 'brctl: cannot set the MST state of "w0" of bridge "br0": it is'\
' not a port' setmst br0 w0 1 blocking
}

@test "JSON has names, instance and state" {
	needs json jsonschema
	trees
	works addvlan br0 v0,br0 20
	works setmst br0 v0 1 blocking
	brctl -j showmst br0 > "$BATS_TEST_TMPDIR/showmst.1.json"
	grep -q '"port":"v0","index":[0-9]*,"msti":1,"state":"blocking"' \
		"$BATS_TEST_TMPDIR/showmst.1.json"
	grep -q '"port":"v0","index":[0-9]*,"msti":0,' \
		"$BATS_TEST_TMPDIR/showmst.1.json"
	"$PYTHON" -I "$tests_dir/func/valid.py" \
		"$tests_dir/../brctl/brctl.schema.json" \
		"$BATS_TEST_TMPDIR/showmst.1.json"
}
