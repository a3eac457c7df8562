#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# options: lists all options, as text and as JSON.
#
# environment: ns

load ../common.bash
load exact.bash

# listed LINE: checks that the output has the line.
listed()
{
	grep -qxF -e "$1" <<< "$all" && return 0
	echo "not shown: $1"
	return 1
}

@test "each option has a line, and a second one with its help" {
	all=$(brctl options)
	listed "bridge      ageing_time                        rw 4.1      \
seconds 0.00-42949672.95"
	listed "bridge      root_id                            r- 4.4      \
bridge id"
	listed "bridge      flush                              -w 4.4      \
action"
	listed "bridge      group_fwd_mask                     rw 4.4      \
mask 0x0-0xfff8"
	listed "port        state                              rw 3.8      \
disabled listening learning forwarding blocking"
	listed "bridge      default_pvid                       rw 4.4      \
number 0-4094, none"
	listed "bridge      stp_state                          rw 4.1      \
number 0-1, off on"
	listed "port        path_cost                          rw 3.8      \
number 1-65535"
	listed "vlan        gvrp                               rw 2.6.25   \
switch"
	listed $'\t\tframes do not pass between isolated ports'
	# Each help text begins with a letter.
	run ! grep -n $'^\t\t[^a-zA-Z]' <<< "$all"
	[ $(($(wc -l <<< "$all") % 2)) -eq 0 ]
}

@test "options of given scopes" {
	local scope words

	for scope in bridge port vlan port-vlan bridge-vlan; do
		run -0 brctl options "$scope"
		words=$(grep -v $'^\t' <<< "$output" | cut -d ' ' -f 1 |
			sort -u)
		[ "$words" = "$scope" ]
	done
	[ "$(brctl options bridge port vlan port-vlan bridge-vlan)" = \
		"$(brctl options)" ]
	[ "$(brctl options bridge,bridge-vlan)" = \
		"$(brctl options bridge-vlan bridge)" ]
}

@test "an unknown scope is refused, and nothing is shown" {
	local why="is not one of bridge, port, vlan, port-vlan and bridge-vlan"

	refuses "brctl: \"ports\" $why" options ports
	refuses "brctl: \"ports\" $why" options bridge,ports
	refuses "brctl: \"x\\033\" $why" options bridge $'x\e'
	refuses "brctl: \"ports\" $why" -j options bridge ports
}

@test "JSON has the same options, in the same order" {
	needs json
	needs_jq
	brctl -j options > "$BATS_TEST_TMPDIR/json"
	brctl options | grep -v $'^\t' | awk '{ print $1, $2, $3, $4 }' \
		> "$BATS_TEST_TMPDIR/text"
	jq -r '.[] | [.scope, .name,
		(if .readable then "r" else "-" end) +
		(if .settable then "w" else "-" end), .since] | join(" ")' \
		"$BATS_TEST_TMPDIR/json" > "$BATS_TEST_TMPDIR/rows"
	cmp "$BATS_TEST_TMPDIR/text" "$BATS_TEST_TMPDIR/rows"
	brctl options | sed -n 's/^\t\t//p' > "$BATS_TEST_TMPDIR/text"
	jq -r '.[].help' "$BATS_TEST_TMPDIR/json" > "$BATS_TEST_TMPDIR/rows"
	cmp "$BATS_TEST_TMPDIR/text" "$BATS_TEST_TMPDIR/rows"
}

@test "JSON has units, ranges, words and aliases" {
	needs json
	needs_jq
	run -0 jq -c '.[] | select(.name == "hello_time" or
		.name == "stp_mode" or .name == "hash_max") |
		[.unit, .min, .max, .words, .alias]' <(brctl -j options bridge)
	[ "$output" = '["seconds",1,10,null,null]
["words",null,null,"auto user kernel",null]
["number",0,4294967295,null,"mcast_hash_max"]' ]
}

@test "options needs no bridge and no privilege" {
	run -0 poor options
	[ "$(cat "$BATS_TEST_TMPDIR/out")" = "$(brctl options)" ]
}
