#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# JSON without memory: each allocation of jansson fails once.
#
# environment: ns

load ../common.bash
load exact.bash

shim=$VB_BUILD/tests/tools/fail-jansson.so

setup()
{
	needs json
	! grep -q __asan_init "$BRCTL" || skip "needs a build without sanitizers"
	ip link add br0 type bridge
	pair v0 w0
	ip link set v0 master br0
}

# fails_whole EMPTY WORD...: lets each allocation of brctl -j WORD... fail.
# Checks that the command fails with the output EMPTY, unless jansson works
# without the allocation.
fails_whole()
{
	local empty=$1 whole got status at failed=0

	shift
	whole=$("$BRCTL" -j "$@")
	for at in {1..20}; do
		status=0
		got=$(VB_FAIL_AT=$at LD_PRELOAD=$shim "$BRCTL" -j "$@" \
			2> "$BATS_TEST_TMPDIR/err") || status=$?
		if [ "$status" -eq 0 ]; then
			[ "$got" = "$whole" ]
			continue
		fi
		failed=$((failed + 1))
		[ "$status" -eq 1 ]
		[ "$got" = "$empty" ] || {
			echo "allocation $at fails: $got"
			return 1
		}
		[ "$(< "$BATS_TEST_TMPDIR/err")" = "brctl: cannot make the\
 JSON: Cannot allocate memory" ]
	done
	[ "$failed" -gt 10 ]
}

@test "a single object is printed completely or not at all" {
	fails_whole "" nf
	fails_whole "" save
}

@test "an array lacks the object, and is valid JSON" {
	fails_whole "[]" show
}
