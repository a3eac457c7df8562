#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig's output that does not arrive: a closed stdout, a full disk.

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

@test "a full disk is an error, and said so" {
	local words

	for words in "${printing[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 bash -c '"$VCONFIG" "$@" 2>&1 > /dev/full' - $words
		[[ $output = *"vconfig: write error: No space left on device" ]]
	done
}

@test "a closed stdout is an error, and said so" {
	local words

	for words in "${printing[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 bash -c '"$VCONFIG" "$@" 2>&1 >&-' - $words
		[[ $output = *"vconfig: write error: Bad file descriptor" ]]
	done
}

@test "what was to be done is done all the same" {
	run -1 bash -c '"$VCONFIG" add eth0 6 > /dev/full 2>&1'
	listed eth0.6 6 eth0
	run -1 bash -c '"$VCONFIG" rem eth0.6 2>&1 >&-'
	missing eth0.6
}

@test "what fails without a word on stdout keeps its own exit status" {
	run -3 bash -c '"$VCONFIG" add eth0 5 >&-'
	run -4 bash -c '"$VCONFIG" rem nope > /dev/full'
	run -4 bash -c '"$VCONFIG" rem nope 2>&-'
}

@test "a closed stdin changes nothing" {
	run -0 bash -c '"$VCONFIG" add eth0 6 <&-'
	listed eth0.6 6 eth0
}

@test "a pipe that nobody reads ends vconfig as it ends others" {
	exec 5> >(exec true)
	wait $!
	run -141 bash -c '"$VCONFIG" show >&5'
}
