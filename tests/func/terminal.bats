#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tables on a terminal: aligned columns, folded rows, colours.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	: | script -qec true /dev/null > /dev/null || skip "needs script"
	no_ipv6
	ip link add br0 type bridge mcast_snooping 1
	ip link add a-port-of-br0 type veth peer name w0
	ip link set a-port-of-br0 master br0
	ip link set a-port-of-br0 up
	ip link set w0 up
	ip link set br0 up
	brctl addgroup br0 a-port-of-br0 239.1.1.1
	brctl addgroup br0 br0 239.1.1.1 temporary
}

# on_terminal COLUMNS WORD...: brctl on a terminal; $output has no carriage
# returns.
on_terminal()
{
	local columns=$1

	shift
	run -0 env TERM=xterm COLUMNS="$columns" NO_COLOR="${colourless-1}" \
		script -qec "exec '$BRCTL' $*" /dev/null
	output=${output//$'\r'/}
}

@test "columns are as wide as what is in them" {
	on_terminal 200 showgroups br0
	[[ $output = "bridge  port           VLAN  group      source  timer"* ]]
	[[ $output = *$'\n'"br0     a-port-of-br0  -     239.1.1.1  -     "* ]]
	[[ $output = *$'\n'"br0     br0            -     239.1.1.1  -     "* ]]
	[[ $output != *$'\t'* ]]
}

@test "a file gets tabs" {
	run -0 brctl showgroups br0
	[[ ${lines[0]} = bridge$'\t'port$'\t'VLAN$'\t'group$'\t'* ]]
}

@test "long rows are folded at blanks, below their column" {
	local line rows=0

	on_terminal 70 --long stats br0 a-port-of-br0
	while IFS= read -r line; do
		[ "${#line}" -le 70 ]
		case $line in
		"br0  "*|"bridge  "*) ;;
		*) [[ $line =~ ^" "{30,}[a-z_]+= ]]; rows=$((rows + 1)) ;;
		esac
	done <<< "$output"
	[ "$rows" -gt 3 ]
	[[ $output = *"tx_dropped="* ]]
}

@test "the heading is bold, unless NO_COLOR is set" {
	on_terminal 200 showgroups br0
	[[ $output != *$'\e'* ]]
	colourless='' on_terminal 200 showgroups br0
	[[ $output = $'\e[1m'"bridge  port "*$'\e[0m\n'* ]]
}

@test "classic tables are the same on a terminal" {
	on_terminal 200 showmacs br0
	[[ $output = "port no"$'\t'"mac addr"$'\t\t'"is local?"$'\t'* ]]
}

@test "an error is printed, and what was read before it" {
	run -1 env TERM=xterm NO_COLOR=1 script -qec \
		"exec '$BRCTL' getmac br0 02:00:00:00:00:99" /dev/null
	[[ $output = *"there is no such entry"* ]]
}
