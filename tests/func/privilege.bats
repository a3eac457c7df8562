#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Without the capability CAP_NET_ADMIN.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	pair v0 w0
	pair v1 w1
	ip link add br0 type bridge
	ip link set v0 master br0
	before=$(state)
}

# denied STDERR WORD...: checks for this line, the line with the reason, and no
# change.
denied()
{
	local err=$1

	shift
	powerless "$err"$'\n'"$CAP" "$@"
	[ "$(state)" = "$before" ]
}

@test "bridges cannot be added or deleted" {
	denied "add bridge failed: Operation not permitted" addbr br1
	denied "can't delete bridge br0: Operation not permitted" delbr br0
}

@test "ports cannot be added or removed" {
	denied "can't add v1 to bridge br0: Operation not permitted" \
		addif br0 v1
	denied "can't delete v0 from br0: Operation not permitted" delif br0 v0
}

@test "options of a bridge cannot be set" {
	denied "set ageing time failed: Operation not permitted" \
		setageing br0 5
	denied "set bridge priority failed: Operation not permitted" \
		setbridgeprio br0 5
	denied "set forward delay failed: Operation not permitted" setfd br0 5
	denied "set hello timer failed: Operation not permitted" sethello br0 5
	denied "set max age failed: Operation not permitted" setmaxage br0 9
	denied "set stp status failed: Operation not permitted" stp br0 on
}

@test "options of a port cannot be set" {
	denied "can't set v0 to hairpin on bridge br0: Operation not permitted" \
		hairpin br0 v0 on
	denied "set path cost failed: Operation not permitted" \
		setpathcost br0 v0 5
	denied "set port priority failed: Operation not permitted" \
		setportprio br0 v0 5
}

@test "all commands that show something work" {
	local words

	for words in show "show br0" "showstp br0" "showmacs br0"; do
		# shellcheck disable=SC2086 # words
		poor $words
		# shellcheck disable=SC2086
		[ "$(cat "$BATS_TEST_TMPDIR/out")" = "$(brctl $words)" ]
		[ ! -s "$BATS_TEST_TMPDIR/err" ]
	done
}
