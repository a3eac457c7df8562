#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check: rules about where a bridge sends frames to, and what it learns.
#
# environment: ns

load ../common.bash
load check.bash

@test "no-learning: with more than two ports" {
	sane_bridge
	works setageing br0 0
	silent
	third_port
	arrives 1 w0 w1
	arrives 1 w2 -d "$(mac_of w1)" w0
	finds_and_mends 1 'warning no-learning: bridge "br0" has an ageing time of 0
	it learns no address, and sends each frame to all ports like a hub
	$ brctl setageing br0 300'
	arrives 1 w0 w1
	arrives 0 w2 -d "$(mac_of w1)" w0
}

@test "fdb-full" {
	sane_bridge
	"$BRCTL" set br0 fdb_max_learned=1 2> /dev/null ||
		skip "this kernel has no limit"
	silent
	third_port
	arrives 1 w1 w0
	arrives 1 w0 w1
	arrives 1 w2 -d "$(mac_of w1)" w0
	finds_and_mends 1 'warning fdb-full: bridge "br0" has learned as many addresses'\
' as it may: 1
	frames for other addresses go to all ports
	$ brctl set br0 fdb_max_learned=2'
	arrives 1 w0 w1
	arrives 0 w2 -d "$(mac_of w1)" w0
}

@test "isolated ports: one alone, and the uplink" {
	sane_bridge
	works setport br0 v0 isolated=on
	arrives 1 w1 w0
	finds_and_mends 0 'remark lone-isolated: bridge "br0": port "v0" is the only'\
' isolated port
	isolated ports are kept apart from each other only, so nothing is kept apart
	$ brctl setport br0 v0 isolated=off'
	works setport br0 v0 isolated=on
	works setport br0 v1 isolated=on
	uplink
	silent
	works setport br0 up0 isolated=on
	leaves 0 up0 w0
	finds_and_mends 1 'warning isolated-uplink: bridge "br0": port "up0" is'\
' isolated, and it leads to the network
	the other isolated ports cannot reach the network
	$ brctl setport br0 up0 isolated=off'
	leaves 1 up0 w0
	arrives 0 w1 w0
}

@test "group-forward names the protocols" {
	local group

	sane_bridge
	works set br0 group_fwd_mask=0x4010
	works setport br0 v0 group_fwd_mask=0x5
	for group in 02 04 0e; do
		arrives 1 w1 -d 01:80:c2:00:00:$group w0
	done
	finds_and_mends 0 'remark group-forward: bridge "br0" passes frames of'\
' 01:80:c2:00:00:04, LLDP
	the devices at its ports see each other as if there were no bridge
	$ brctl set br0 group_fwd_mask=0
remark group-forward: bridge "br0": port "v0" passes frames of STP, LACP
	the devices at its ports see each other as if there were no bridge
	$ brctl setport br0 v0 group_fwd_mask=0'
	for group in 02 04 0e; do
		arrives 0 w1 -d 01:80:c2:00:00:$group w0
	done
}
