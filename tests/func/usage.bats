#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The usage, the options, unknown commands, and too few words.
#
# environment: ns

load ../common.bash
load exact.bash

@test "without a word the usage is on stdout, and that is a failure" {
	gives 1 "$(usage_text)" ""
}

@test "-h and --help print the usage and succeed, wherever they stand" {
	helps -h
	helps --help
	helps addbr br0 --help
	helps --he addbr br0
	missing br0
}

@test "-V and --version name this program" {
	run -0 brctl --version
	[[ $output =~ ^"vbridge brctl "[0-9]+(\.[0-9]+)+", compatible with "\
"bridge-utils 1.7.1"$ ]]
	[ "$(brctl -V)" = "$output" ]
	[ "$(brctl addbr br0 -V)" = "$output" ]
	missing br0
}

@test "of several options the first decides" {
	helps -hV
	run -0 brctl -Vh
	[[ $output = "vbridge brctl "* ]]
}

@test "an unknown option is named, and the usage is on stdout" {
	gives 1 "$(usage_text)" "brctl: invalid option -- 'x'
Unknown option '?'" -x
	gives 1 "$(usage_text)" "brctl: unrecognized option '--foo'
Unknown option '?'" addbr br0 --foo
	gives 1 "$(usage_text)" \
		"brctl: option '--help' doesn't allow an argument
Unknown option '?'" --help=3
	missing br0
}

@test "an unknown command is named on stderr, and the usage is on stdout" {
	gives 1 "$(usage_text)" "never heard of command [frobnicate]" frobnicate
	gives 1 "$(usage_text)" "never heard of command []" ""
	gives 1 "$(usage_text)" "never heard of command [-h]" -- -h
}

@test "every command says how many words it takes when it has too few" {
	local line word

	while IFS= read -r line; do
		read -r word _ <<< "$line"
		[ "$word" != show ] || continue
		gives 1 "Incorrect number of arguments for command
Usage: brctl $(sed "s/^[[:blank:]]*$word *\t/$word /" <<< "$line")" "" "$word"
	done < <(usage_text | tail -n +3)
}

@test "two words are too few for the commands of a port" {
	local word

	for word in hairpin setpathcost setportprio; do
		run -1 brctl "$word" br0 v0
		[ "${lines[0]}" = "Incorrect number of arguments for command" ]
	done
}

@test "no line of the help ends in a blank" {
	run -0 brctl --help
	[ "${#lines[@]}" -gt 60 ]
	run ! grep -nE '[[:blank:]]$' <<< "$output"
}
