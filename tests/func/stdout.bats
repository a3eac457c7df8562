#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Write errors: a closed stdout, a full disk, a closed pipe.
#
# environment: ns

load ../common.bash
load exact.bash

printing=(
	"show" "show br0" "showmacs br0" "showstp br0" "--help" "--version"
	"" "frobnicate" "addbr" "--dry-run addbr br1"
	"get br0" "getport br0" "options" "nf"
	"-j show" "-j show br0" "-j showmacs br0" "-j showstp br0" "-j get br0"
	"-j getport br0" "-j options" "-j showvlans br0" "-j showgroups br0"
	"-j nf"
)

setup()
{
	ip link add br0 type bridge
	pair v0 w0
	brctl addif br0 v0
}

@test "a full disk is reported as an error" {
	needs json
	local words

	for words in "${printing[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 bash -c '"$BRCTL" "$@" 2>&1 > /dev/full' - $words
		[[ $output = *"brctl: write error: No space left on device" ]]
	done
}

@test "a closed stdout is reported as an error" {
	needs json
	local words

	for words in "${printing[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 bash -c '"$BRCTL" "$@" 2>&1 >&-' - $words
		[[ $output = *"brctl: write error: Bad file descriptor" ]]
	done
}

# into_broken_pipe WORD...: runs brctl with stdout as a pipe whose reader has
# exited.
into_broken_pipe()
{
	exec 5> >(exec true)
	wait $!
	"$BRCTL" "$@" >&5 2> "$BATS_TEST_TMPDIR/err"
}

@test "a closed pipe is an error without a message" {
	local words

	trap '' PIPE
	for words in "${printing[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 into_broken_pipe $words
		! grep 'write error' "$BATS_TEST_TMPDIR/err" || return 1
	done
}

@test "SIGPIPE ends brctl" {
	run -141 into_broken_pipe show
}

@test "commands that print nothing need no stdout" {
	run -0 bash -c '"$BRCTL" setfd br0 5 >&-'
	run -0 bash -c '"$BRCTL" addbr br1 > /dev/full'
	run -0 bash -c '"$BRCTL" delbr br1 >&-'
	is br0/bridge/forward_delay 500
}

@test "a closed stderr and a closed stdin do not matter" {
	run -1 bash -c '"$BRCTL" delbr nope 2>&-'
	run -0 bash -c '"$BRCTL" addbr br1 <&-'
	exists br1
	run -0 bash -c '"$BRCTL" delbr br1 <&- >&- 2>&-'
	missing br1
}
