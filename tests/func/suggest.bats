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

@test "what resembles no verb gets the classic answer, and where help is" {
	local word

	for word in frobnicate "" 7 brctl xyzzy; do
		gives 1 "$(usage_text)" "never heard of command [$word]
$HELP" "$word"
	done
}

# sees WORD COMMANDS: the word of another tool leads to our commands.
sees()
{
	gives 1 "$(usage_text)" "never heard of command [$1]
brctl: $1: see $2" "$1" show
}

@test "the words of other tools lead to ours" {
	sees fdb "showmacs, addmac, delmac, flush"
	sees vlan "showvlans, addvlan, delvlan, setvlan"
	sees mdb "showgroups, addgroup, delgroup"
	sees monitor watch
	sees list show
	sees add-br addbr
}

@test "the commands that words of other tools lead to exist" {
	local word commands command names

	names=" $(brctl help | sed -n 's/^\t\([a-z][a-z]*\).*/\1/p' |
		tr '\n' ' ') --long "
	while IFS='"' read -r _ word _ commands _; do
		for command in ${commands//,/ }; do
			[[ $names == *" $command "* ]] ||
				{ echo "$word: no $command"; return 1; }
		done
	done < <(sed -n '/^} others/,/^};/p' "$tests_dir/../brctl/help.c" |
		grep '^	{')
}

@test "help for a command that does not exist says so" {
	refuses 'brctl: there is no command "nosuch"
brctl: for help: brctl help' help nosuch
	refuses 'brctl: there is no command "adbr"
brctl: did you mean addbr?' help adbr
}

@test "a hint does nothing" {
	hints addbr add br0
	missing br0
}
