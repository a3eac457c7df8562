#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The usage, global options, unknown commands, and missing arguments.
#
# environment: ns

load ../common.bash
load exact.bash

@test "without arguments, the usage is on stdout and the exit status is 1" {
	gives 1 "$(usage_text)" ""
}

@test "-h and --help print the usage and succeed, at any position" {
	helps -h
	helps --help
	helps addbr br0 --help
	helps --he addbr br0
	missing br0
}

@test "help prints the same, and the usage of one command" {
	needs json
	helps help
	gives 0 "$(brctl --help)" "" help
	gives 0 "Usage: brctl addmac <bridge> <member> <mac> [vlan <vid>]\
 [static|local|dynamic] [sticky] [replace|append] [use] [extern_learn]\
 [norefresh] [activity_notify] [inactive] [self] [router] [dst <ip>]\
 [port <udp-port>] [vni <vni>] [src_vni <vni>] [via <link>] [nhid <id>]
add an entry to the FDB
Options: --may-exist --dry-run --confirm" "" help addmac
	gives 0 "Usage: brctl show [ <bridge> ]
       brctl show <bridge> <bridge> ...
show a list of bridges
Options: --json" "" help show
	gives 0 "Usage: brctl setmcsnoop <bridge> {on|off}
set the option multicast_snooping
Options: --dry-run --confirm" "" help setmcsnoop
	gives 0 "Usage: brctl addif <bridge> <device>
       brctl addif <bridge> <device> <device> ...
add interface to bridge
Options: --may-exist --dry-run --confirm" "" help addif
	gives 0 "Usage: brctl showmacs <bridge>
       brctl showmacs {--long|--json} <bridge> [port <member>] [vlan <vid>]\
 [[no]local|static|learned|expired] [[no]sticky] [[no]extern]\
 [[no]offloaded] [[no]locked] [[no]router] [[no]activity_notify]\
 [[no]inactive] [[no]self] [dst <ip>] [vni <vni>] [src_vni <vni>] [nhid <id>]
show a list of mac addrs
Options: --json --long" "" help showmacs
	gives 0 "Usage: brctl setnf <setting> ... {on|off}
       brctl setnf <setting>={on|off} ...
let bridged frames pass firewall tables, or not
Options: --dry-run" "" help setnf
	gives 0 "Usage: brctl help [<command>]
show the usage of a command" "" help help
	refuses 'brctl: there is no command "adbr"
brctl: did you mean addbr?' help adbr
	refuses 'brctl: there is no command "fdb"
brctl: fdb: see showmacs, getmac, addmac, delmac, flush' help fdb
	refuses 'brctl: there is no command "frobnicate"
brctl: for help: brctl help' help frobnicate
	one_word_off "help [<command>]		show the usage of a command" help a b
}

@test "each new command has a line with its description" {
	local line name=""

	while IFS= read -r line; do
		case $line in
		$'\t\t\t'[a-z]*) name="" ;;
		$'\t'[a-z]*) [ -z "$name" ] || return 1; name=$line ;;
		esac
	done < <(brctl help | sed '1,/^new commands:$/d; /^options/,$d')
	[ -z "$name" ]
}

@test "-V and --version print the name and the version" {
	run -0 brctl --version
	[[ $output =~ ^"vbridge brctl "[0-9]+(\.[0-9]+)+", compatible with "\
"bridge-utils 1.7.1"$ ]]
	[ "$(brctl -V)" = "$output" ]
	[ "$(brctl addbr br0 -V)" = "$output" ]
	missing br0
}

@test "of several options, the first one counts" {
	helps -hV
	run -0 brctl -Vh
	[[ $output = "vbridge brctl "* ]]
}

@test "an unknown option is reported, and the usage is on stdout" {
	gives 1 "$(usage_text)" "brctl: invalid option -- 'x'
Unknown option '?'" -x
	gives 1 "$(usage_text)" "brctl: unrecognized option '--foo'
Unknown option '?'" addbr br0 --foo
	gives 1 "$(usage_text)" \
		"brctl: option '--help' doesn't allow an argument
Unknown option '?'" --help=3
	missing br0
}

@test "an unknown command is reported on stderr, and the usage is on stdout" {
	gives 1 "$(usage_text)" "never heard of command [frobnicate]
$HELP" frobnicate
	gives 1 "$(usage_text)" "never heard of command []
$HELP" ""
	gives 1 "$(usage_text)" "never heard of command [-h]
$HELP" -- -h
}

@test "every command prints its usage if arguments are missing" {
	local line word

	while IFS= read -r line; do
		read -r word _ <<< "$line"
		[ "$word" != show ] || continue
		gives 1 "Incorrect number of arguments for command
Usage: brctl $(sed "s/^[[:blank:]]*$word *\t/$word /" <<< "$line")" "" "$word"
	done < <(usage_text | tail -n +3)
}

@test "commands for ports need more than two arguments" {
	local word

	for word in hairpin setpathcost setportprio; do
		run -1 brctl "$word" br0 v0
		[ "${lines[0]}" = "Incorrect number of arguments for command" ]
	done
}

@test "each option of the help has one description" {
	local line options=0

	while IFS= read -r line; do
		[[ $line =~ ^$'\t'("-"[a-zA-Z], |"    ")--[a-z-]+("=<"[a-z]+">")?"  "+(.*)$ ]]
		[[ -n ${BASH_REMATCH[3]} && ${BASH_REMATCH[3]} != *"  "* ]]
		options=$((options + 1))
	done < <(brctl help | sed '1,/^options, anywhere/d')
	[ "$options" -gt 20 ]
}

@test "no line of the help ends in a blank" {
	run -0 brctl --help
	[ "${#lines[@]}" -gt 60 ]
	run ! grep -nE '[[:blank:]]$' <<< "$output"
}
