#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check finds nothing in topologies without faults, and finds each fault that
# is added to one of them. The output of the tests is a table of faults and
# topologies.
#
# environment: ns

load ../common.bash
load check.bash
load topologies.bash
load faults.bash

# Sets $card_kind to a device type that can act as a network card, and
# $has_vxlan if the kernel has VXLAN.
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

# found RULE: checks that check reports the rule.
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

# faults TOPOLOGY: adds each fault to it in turn, and prints a row of the
# table.
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

# matrix PREFIX: tests all topologies whose function names begin with PREFIX.
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
		# Ports with STP do not forward at once.
		poll 15 is_silent || { echo "in $name"; silent; }
		silent
		faults "$name"
		clean_environment
	done
}

@test "topologies without VLANs: only faults cause findings" {
	[ "$PYTHON" ] && "$PYTHON" -I "$tests_dir/func/nft.py" ip filter FORWARD drop \
		2> /dev/null && has_chain=yes
	matrix topology_
	[ -z "${has_chain:-}" ] ||
		"$PYTHON" -I "$tests_dir/func/nft.py" ip filter
}

@test "topologies with VLANs: only faults cause findings" {
	needs vlan_filtering 8021q dummy
	matrix vlans_
}

@test "there are 40 topologies" {
	[ "$(compgen -A function | grep -cE '^(topology|vlans)_')" -ge 40 ]
}
