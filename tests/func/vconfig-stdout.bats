#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Write errors of vconfig: a closed stdout, a full disk.

load ../common.bash
load vconfig.bash

printing=(
	"--help" "--version" "" "frobnicate eth0" "add" "show" "show eth0.5"
	"add eth0 6" "set_flag eth0.6 1 0" "set_egress_map eth0.6 1 1"
	"set_ingress_map eth0.6 1 1" "set_name_type DEV_PLUS_VID_NO_PAD"
	"set_name_type x" "rem eth0.6"
)

setup()
{
	vlan_parent
	vconfig add eth0 5
}

@test "a full disk is reported as an error" {
	local words

	for words in "${printing[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 bash -c '"$VCONFIG" "$@" 2>&1 > /dev/full' - $words
		[[ $output = *"vconfig: write error: No space left on device" ]]
	done
}

@test "a closed stdout is reported as an error" {
	local words

	for words in "${printing[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 bash -c '"$VCONFIG" "$@" 2>&1 >&-' - $words
		[[ $output = *"vconfig: write error: Bad file descriptor" ]]
	done
}

@test "the command is carried out although its output is lost" {
	run -1 bash -c '"$VCONFIG" add eth0 6 > /dev/full 2>&1'
	listed eth0.6 6 eth0
	run -1 bash -c '"$VCONFIG" rem eth0.6 2>&1 >&-'
	missing eth0.6
}

@test "a failed command without output keeps its exit status" {
	run -3 bash -c '"$VCONFIG" add eth0 5 >&-'
	run -4 bash -c '"$VCONFIG" rem nope > /dev/full'
	run -4 bash -c '"$VCONFIG" rem nope 2>&-'
}

@test "a closed stdin does not matter" {
	run -0 bash -c '"$VCONFIG" add eth0 6 <&-'
	listed eth0.6 6 eth0
}

@test "SIGPIPE ends vconfig" {
	exec 5> >(exec true)
	wait $!
	run -141 bash -c '"$VCONFIG" show >&5'
}
