#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig without the capability CAP_NET_ADMIN.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
	vconfig add eth0 5
	before=$(state)
}

WHY="vconfig: this needs the capability CAP_NET_ADMIN (root, or root of the\
 network namespace)"

# denied STATUS STDERR WORD...: checks for this line, the line with the reason,
# and no change.
denied()
{
	local want=$1 err=$2 got=0

	shift 2
	poor "$@" || got=$?
	[ "$got" -eq "$want" ]
	same_text stdout "" "$BATS_TEST_TMPDIR/out" "$*"
	same_text stderr "$err"$'\n'"$WHY" "$BATS_TEST_TMPDIR/err" "$*"
	[ "$(state)" = "$before" ]
}

NO="Operation not permitted"

@test "VLAN devices cannot be added or removed" {
	denied 3 "ERROR: trying to add VLAN #6 to IF -:eth0:-  error: $NO" \
		add eth0 6
	denied 3 "ERROR: trying to add VLAN #6-9 to IF -:eth0:-  error: $NO" \
		add eth0 6-9
	denied 4 "ERROR: trying to remove VLAN -:eth0.5:- error: $NO" \
		rem eth0.5
}

@test "flags and maps cannot be set" {
	denied 7 "ERROR: trying to set flag on device -:eth0.5:- error: $NO" \
		set_flag eth0.5 1 0
	denied 5 \
		"ERROR: trying to set egress map on device -:eth0.5:- error: $NO" \
		set_egress_map eth0.5 1 1
	denied 6 \
		"ERROR: trying to set ingress map on device -:eth0.5:- error: $NO" \
		set_ingress_map eth0.5 1 1
}

@test "the name type cannot be set" {
	denied 8 "ERROR: trying to set name type for VLAN subsystem,\
 error: $NO" set_name_type VLAN_PLUS_VID
	[ "$(naming)" = VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD ]
}

@test "all commands that show something work" {
	local words

	for words in show "show eth0.5"; do
		# shellcheck disable=SC2086 # words
		poor $words
		grep -q '^eth0.5' "$BATS_TEST_TMPDIR/out"
		# shellcheck disable=SC2086
		[ "$(cat "$BATS_TEST_TMPDIR/out")" = "$(vconfig $words)" ]
		[ ! -s "$BATS_TEST_TMPDIR/err" ]
	done
}

# nobody WORD...: runs vconfig as a user who may not read the kernel's VLAN
# table.
nobody()
{
	setpriv --reuid 65534 --regid 65534 --clear-groups \
		--inh-caps=-all --bounding-set=-all "$VCONFIG" "$@" \
		> "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err"
}

@test "a user without privileges can show all" {
	nobody show
	grep -q '^eth0.5' "$BATS_TEST_TMPDIR/out"
	[ "$(cat "$BATS_TEST_TMPDIR/out")" = "$(vconfig show)" ]
	[ ! -s "$BATS_TEST_TMPDIR/err" ]
}

@test "a user gets the reason, and a warning that the table cannot be read" {
	local got=0 lines

	nobody add eth0 6 || got=$?
	[ "$got" -eq 3 ]
	[ ! -s "$BATS_TEST_TMPDIR/out" ]
	mapfile -t lines < "$BATS_TEST_TMPDIR/err"
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[0]} = "$NO_CONFIG" ]]
	[ "${lines[1]}" = \
		"ERROR: trying to add VLAN #6 to IF -:eth0:-  error: $NO" ]
	[ "${lines[2]}" = "$WHY" ]
	[ "$(state)" = "$before" ]
}

# Only root may read the kernel's VLAN table, which has the name type. The
# kernel itself requires only the capability.
@test "the capability is enough, also for a user" {
	setpriv --reuid 65534 --regid 65534 --clear-groups \
		--inh-caps=+net_admin --ambient-caps=+net_admin \
		"$VCONFIG" add eth0 6
	listed eth0.6 6 eth0
	vconfig set_name_type VLAN_PLUS_VID
	setpriv --reuid 65534 --regid 65534 --clear-groups \
		--inh-caps=+net_admin --ambient-caps=+net_admin \
		"$VCONFIG" add eth0 7
	# If vconfig guessed another name type, it would add far.7.
	run -3 setpriv --reuid 65534 --regid 65534 --clear-groups \
		--inh-caps=+net_admin --ambient-caps=+net_admin \
		"$VCONFIG" add far 7
	[[ $output = *"#7 to IF -:far:-  error: File exists"* ]]
	vconfig set_name_type DEV_PLUS_VID_NO_PAD
	listed vlan0007 7 eth0
	missing far.7
}
