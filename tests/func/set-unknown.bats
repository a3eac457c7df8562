#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Options of later kernels than the running one.

load ../common.bash
load exact.bash

setup()
{
	needs_jq
	ip link add br0 type bridge
	pair v0 w0
	brctl addif br0 v0
}

# later_than_this SCOPE: prints name, version and a value of each settable
# option of later kernels.
later_than_this()
{
	local kernel name since value

	kernel=$(uname -r)
	brctl -j options "$1" | jq -r '.[] | select(.settable and .readable) |
		[.name, .since, if .words then (.words | split(" ")[1])
		elif .unit == "number" then .min + 1 else "on" end] |
		join(" ")' |
		while read -r name since value; do
			[ "$(printf '%s\n' "$since" "${kernel%%-*}" |
				sort -V | tail -n 1)" = "${kernel%%-*}" ] ||
				echo "$name $since $value"
		done
}

# lacks SUBJECT WORD...: reads lines of later_than_this. Checks that each
# option is refused, alone and after another option, which is not changed.
lacks()
{
	local subject=$1 name since value tried=0 why

	shift
	while read -r name since value; do
		tried=$((tried + 1))
		why="this kernel has no $name; it came with Linux $since, and"
		why+=" can be left out when a kernel is built"
		denies "brctl: cannot set $name of $subject: $why" \
			"$@" "$name=$value"
		denies "brctl: cannot set options of $subject: $why" \
			"$@" priority=5 "$name=$value"
		run -1 --separate-stderr brctl "${@/#set/get}" "$name"
		[ "$stderr" = "brctl: this kernel shows no $name here" ]
		echo "# not in this kernel: $name, of Linux $since" >&3
	done
	[ $tried -gt 0 ] || skip "this kernel knows all of them"
}

@test "options of bridges are refused with the reason" {
	needs json
	lacks 'bridge "br0"' set br0 < <(later_than_this bridge)
}

@test "options of ports are refused with the reason" {
	needs json
	lacks 'port "v0" of bridge "br0"' setport br0 v0 \
		< <(later_than_this port)
}
