#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check finds nothing in topologies that work, and each fault that is put into one
# of them. The comments of the tests are a table of faults and topologies.
#
# environment: ns

load ../common.bash
load check.bash
load topologies.bash
load faults.bash

# The kind of a network card, and whether there is VXLAN.
find_kinds()
{
	for card_kind in dummy ifb; do
		! ip link add card0 type "$card_kind" 2> /dev/null || break
	done
	ip link del card0 || skip "needs dummy or ifb"
	has_vxlan=
	! ip link add vx0 type vxlan id 1 dstport 4789 2> /dev/null ||
		has_vxlan=yes
	[ -z "$has_vxlan" ] || ip link del vx0
}

# found RULE: whether check finds it.
found()
{
	local text

	quiet check || :
	IFS= read -r -d '' text < "$BATS_TEST_TMPDIR/out" || :
	[[ $'\n'$text =~ $'\n'[a-z]+" $1: " ]]
}

is_silent()
{
	quiet check && [ ! -s "$BATS_TEST_TMPDIR/out" ]
}

functions()
{
	compgen -A function "$1" | sed "s/^$1//"
}

# faults TOPOLOGY: puts each into it, and prints a row of the table.
faults()
{
	local fault rule row=''

	for fault in "${all_faults[@]}"; do
		rule=${fault//_/-}
		if ! "fault_$fault" > /dev/null 2>&1; then
			row+=' .'
			continue
		fi
		found "$rule" || {
			echo "$1: $rule is not found"
			cat "$BATS_TEST_TMPDIR/out"
			return 1
		}
		"undo_$fault"
		row+=' x'
	done
	printf '# %-24s%s\n' "$1" "$row" >&3
}

# matrix PREFIX: of all topologies whose names begin so.
matrix()
{
	local name
	local -a all_faults

	find_kinds
	mapfile -t all_faults < <(functions fault_ | grep -vx bridge_down)
	all_faults+=(bridge_down)
	echo "# from left to right: ${all_faults[*]}" >&3
	for name in $(functions "$1"); do
		[[ $has_vxlan || $name != @(evpn|openstack_linuxbridge) ]] ||
			continue
		build "$1$name"
		# Ports with STP wait.
		poll 15 is_silent || { echo "in $name"; silent; }
		silent
		faults "$name"
		clean_environment
	done
}

@test "topologies without VLANs: nothing is found, but each fault is" {
	[ "$PYTHON" ] && "$PYTHON" -I "$tests_dir/func/nft.py" ip filter FORWARD drop \
		2> /dev/null && has_chain=yes
	matrix topology_
	[ -z "${has_chain:-}" ] ||
		"$PYTHON" -I "$tests_dir/func/nft.py" ip filter
}

@test "topologies with VLANs: nothing is found, but each fault is" {
	needs vlan_filtering 8021q dummy
	matrix vlans_
}

@test "there are 40 topologies" {
	[ "$(compgen -A function | grep -cE '^(topology|vlans)_')" -ge 40 ]
}
