#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# adopt and release while one of their steps fails: everything is as before.
#
# environment: ns

load ../common.bash
load adopt.bash

setup()
{
	needs_jq
	host
}

# fails_at_each VERB HOW: each step in turn, until the move has no more steps.
fails_at_each()
{
	local verb=$1 how=$2 before step=1 error

	before=$(ip_state)
	until error=$("$tools/move-faults" "$verb" br0 eth0 "$how" "$step"); do
		echo "$verb, $how $step: $error"
		[[ $error = *"; everything is as before" ]]
		same_state "$before" "$(ip_state)"
		step=$((step + 1))
		[ "$step" -lt 200 ]
	done
	echo "# $verb, $how: $((step - 1)) steps" >&3
	[ "$step" -gt 30 ]
}

@test "a step that the kernel refuses" {
	fails_at_each adopt refuse
	fails_at_each release refuse
}

@test "a step that the kernel refuses, with those behind it" {
	fails_at_each adopt rest
	fails_at_each release rest
}

@test "a step whose answer is lost" {
	fails_at_each adopt lose
	fails_at_each release lose
}

@test "an undo that fails is told" {
	run "$tools/move-faults" adopt br0 eth0 always 20
	[ "$status" -eq 1 ]
	[ "$output" = 'cannot adopt "eth0" into bridge "br0": No buffer space'\
' available; it could not be undone wholly: cannot adopt "eth0" into bridge'\
' "br0": No buffer space available' ]
}
