#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# -j: the commands that support it, the library that it needs, and write
# errors. schema.bats checks the contents.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	needs json
	ip link add br0 type bridge
}

printing=(
	"show" "show br0" "showstp br0" "showmacs br0" "stats" "showvlans"
	"showgroups" "get br0" "getport br0" "link br0" "options" "nf"
)

@test "commands that change something refuse --json" {
	local command

	for command in "addbr br1" "delbr br0" "addif br0 lo" "delif br0 lo" \
			"hairpin br0 lo on" "setageing br0 1" \
			"setbridgeprio br0 1" "setfd br0 4" "sethello br0 1" \
			"setmaxage br0 20" "setpathcost br0 lo 1" \
			"setportprio br0 lo 1" "stp br0 on" \
			"set br0 ageing_time=1" "setport br0 lo state=0" \
			"addvlan br0 br0 5" "delvlan br0 br0 1" \
			"setvlan br0 br0 1 state=0" \
			"addmac br0 br0 02:00:00:00:00:01" \
			"delmac br0 br0 02:00:00:00:00:01" "flush br0" \
			"addgroup br0 br0 239.1.1.1" \
			"delgroup br0 br0 239.1.1.1" \
			"setnf call-iptables off"; do
		# shellcheck disable=SC2086 # words
		refuses "brctl: ${command%% *}: option --json is not supported" \
			-j $command
	done
	exists br0
	missing br1
}

@test "-j and --json may be at any position" {
	gives 0 "[]" "" getport -j br0
	gives 0 "[]" "" getport br0 --json
	gives 0 "[]" "" --json getport br0
}

@test "if a command is refused, it prints no JSON, or an empty array" {
	refuses "brctl: cannot list the multicast groups of bridge \"nope\":\
 No such device" -j showgroups nope
	explains "read of forward table failed: No such device" \
		'there is no device "nope"' -j showmacs nope
	refuses "bridge nope does not exist!" -j showstp nope
	gives 1 "[]" "bridge nope does not exist!" -j show nope
}

# hidden COMMAND...: runs the command while jansson is hidden.
hidden()
{
	local rc=0 path

	path=$(ldconfig -p | sed -n 's/.*libjansson\.so\.4 .*=> //p' | head -n 1)
	mount --bind /dev/null "$(readlink -f "$path")"
	"$@" || rc=$?
	umount "$(readlink -f "$path")"
	return $rc
}

without_jansson()
{
	local words

	for words in "${printing[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 --separate-stderr brctl -j $words
		[ -z "$output" ]
		[[ $stderr = "brctl: JSON takes the library jansson: "*\
"libjansson.so.4"* ]]
		# shellcheck disable=SC2086 # words
		run -0 brctl $words
	done
}

@test "without jansson, the error names it, and text output works" {
	[ "$VB_JSON" = dlopen ] || skip "needs --with-jansson=dlopen"
	hidden without_jansson
	gives 0 "[]" "" getport -j br0
}

@test "a full disk is reported as an error" {
	local words

	for words in "${printing[@]}"; do
		# shellcheck disable=SC2086 # words
		run -1 bash -c '"$BRCTL" -j "$@" 2>&1 > /dev/full' - $words
		[[ $output = "brctl: write error: No space left on device" ]]
	done
}
