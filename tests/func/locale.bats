#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The locale changes no byte of the classic output.
#
# environment: ns

load ../common.bash
load exact.bash

# everywhere COMMAND...: runs the command in each locale, installed or not.
everywhere()
{
	local name

	for name in de_DE.UTF-8 fr_FR.UTF-8 de_DE.ISO-8859-1 tr_TR.UTF-8 \
		ja_JP.UTF-8 C POSIX C.UTF-8 nonsense; do
		(export LC_ALL=$name LANG=$name LANGUAGE=${name%%.*}; "$@")
	done
}

@test "the classic lines are the same" {
	ip link add br0 type bridge
	everywhere refuses "bridge nope doesn't exist; can't delete it" \
		delbr nope
	everywhere refuses \
		"device br0 already exists; can't create bridge with the same name" \
		addbr br0
	everywhere explains "set forward delay failed: No such device" \
		'there is no device "nope"' setfd nope 5
	everywhere refuses "bad priority" setbridgeprio br0 x
}

@test "the usage and the messages of getopt are the same" {
	everywhere helps --help
	everywhere gives 1 "$(usage_text)" "brctl: invalid option -- 'x'
Unknown option '?'" -x
}

@test "decimals have a dot, in arguments and in output" {
	ip link add br0 type bridge
	everywhere works setageing br0 20.5
	everywhere refuses "bad ageing time value" setageing br0 20,5
	everywhere eval 'brctl showstp br0 |
		grep -qE "^ ageing time		  20\.50$"'
}

@test "names are sorted by bytes in every language" {
	local name

	for name in brz BRA bra ä; do
		ip link add "$name" type bridge
	done
	everywhere eval '[ "$(brctl show | tail -n +2 | cut -f 1 |
		tr "\n" " ")" = "BRA bra brz ä " ]'
}
