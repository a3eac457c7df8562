#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Near misses: the classic answer, and below it what was meant.
#
# environment: ns

load ../common.bash
load exact.bash

# hints COMMAND WORD...: the classic answer to WORD..., then the hint.
hints()
{
	local command=$1

	shift
	gives 1 "$(usage_text)" "never heard of command [$1]
brctl: did you mean $command?" "$@"
}

@test "the verbs that tutorials misspell are recognised" {
	hints addbr add br0
	hints addif add if br0 eth0
	hints delbr del br0
}

@test "a verb with a letter too many or too few is recognised" {
	hints addbr addbrr br0
	hints addbr adbr br0
	hints showmacs showmac br0
}

@test "what resembles no verb gets the classic answer alone" {
	local word

	for word in frobnicate list "" 7 brctl xyzzy; do
		gives 1 "$(usage_text)" "never heard of command [$word]" "$word"
	done
}

@test "a hint does nothing" {
	hints addbr add br0
	missing br0
}
