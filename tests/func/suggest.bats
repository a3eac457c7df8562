#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Misspelt commands: the classic error, and below it a suggestion.
#
# environment: ns

load ../common.bash
load exact.bash

# hints COMMAND WORD...: checks for the classic error and the suggestion of
# COMMAND.
hints()
{
	local command=$1

	shift
	gives 1 "$(usage_text)" "never heard of command [$1]
brctl: did you mean $command?" "$@"
}

@test "misspellings in tutorials get a suggestion" {
	hints addbr add br0
	hints addif add if br0 eth0
	hints delbr del br0
}

@test "a command with a missing or extra letter gets a suggestion" {
	hints addbr addbrr br0
	hints addbr adbr br0
	hints showmacs showmac br0
}

@test "other words get the classic error and a hint to the help" {
	local word

	for word in frobnicate "" 7 brctl xyzzy; do
		gives 1 "$(usage_text)" "never heard of command [$word]
$HELP" "$word"
	done
}

# sees WORD COMMANDS: checks that a word of another tool leads to these
# commands of ours.
sees()
{
	gives 1 "$(usage_text)" "never heard of command [$1]
brctl: $1: see $2" "$1" show
}

@test "words of other tools get our commands as suggestions" {
	sees fdb "showmacs, getmac, addmac, delmac, flush"
	sees vlan "showvlans, addvlan, delvlan, setvlan"
	sees mdb "showgroups, getgroup, addgroup, delgroup, flushgroups"
	sees monitor watch
	sees list show
	sees add-br addbr
}

@test "the suggested commands exist" {
	local word commands command names

	names=" $(brctl help | sed -n 's/^\t\([a-z][a-z]*\).*/\1/p' |
		tr '\n' ' ') --long -s "
	while IFS='"' read -r _ word _ commands _; do
		for command in ${commands//,/ }; do
			[[ $names == *" $command "* ]] ||
				{ echo "$word: no $command"; return 1; }
		done
	done < <(sed -n '/^} others/,/^};/p' "$tests_dir/../brctl/help.c" |
		grep '^	{')
}

@test "help for an unknown command" {
	refuses 'brctl: there is no command "nosuch"
brctl: for help: brctl help' help nosuch
	refuses 'brctl: there is no command "adbr"
brctl: did you mean addbr?' help adbr
}

@test "a suggested command is not run" {
	hints addbr add br0
	missing br0
}
