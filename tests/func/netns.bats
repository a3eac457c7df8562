#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# brctl -n: another network namespace, by name, path and process id.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip netns add there
	no_ipv6 there
	ip link add nic type veth peer name eth0 netns there
	ip link add br0 type bridge forward_delay 1234
}

there()
{
	ip -n there -d link show
}

# without_change COMMAND...: runs a command that works in the other namespace;
# checks that nothing changes in this one.
without_change()
{
	local before

	before=$(state)
	"$@"
	[ "$(state)" = "$before" ]
}

@test "a name in /run/netns, before or after the command" {
	without_change works -n there addbr br0
	without_change works addif --netns=there br0 eth0
	without_change works set br0 -n there ageing_time=7
	run -0 there
	[[ $output = *" eth0@"*" master br0 "* ]]
	[[ $output = *" ageing_time 700 "* ]]
}

@test "a path" {
	without_change works -n /run/netns/there addbr br1
	run -0 there
	[[ $output = *" br1: "* ]]
}

@test "a numeric name is preferred to a process id" {
	ip netns add 1
	ip -n 1 link add inner type bridge
	run -0 --separate-stderr brctl -n 1 show
	[[ ${lines[1]} = inner$'\t'* ]]
	[ "${#lines[@]}" -eq 2 ]
	[ -z "$stderr" ]
	ip netns del 1
}

same_netns()
{
	[ "/proc/$1/ns/net" -ef "$2" ]
}

@test "the id of a process" {
	# Descriptor 3 belongs to bats, and must not stay open after the test.
	ip netns exec there sleep 1000 3>&- &
	child_pids+=($!)
	poll 10 same_netns $! /run/netns/there
	without_change works -n $! addbr br1
	run -0 there
	[[ $output = *" br1: "* ]]
}

@test "a number that is neither a name nor a process" {
	refuses 'brctl: cannot enter the network namespace "99999999": No such'\
' file or directory; "ip netns" lists the names of namespaces' \
		-n 99999999 addbr br1
}

@test "commands show the named namespace" {
	needs json
	ip -n there link add br9 type bridge
	ip -n there link set eth0 address 02:00:00:00:00:10
	brctl -n there addif br9 eth0
	gives 0 "$HEADER
br9		8000.020000000010	no		eth0" "" -n there show
	run -0 brctl -n there -j show
	[[ $output = *'"br9"'* && $output != *'"br0"'* ]]
	run -0 brctl -n there showstp br9
	[[ $output = *"eth0 (1)"* ]]
	run -0 brctl -n there showmacs br9
	[[ $output = *"02:00:00:00:00:10"* ]]
	gives 0 "eth0 path_cost=2" "" -n there getport br9 path_cost
	refuses "bridge br0 does not exist!" -n there show br0
	refuses 'brctl: cannot read bridge "br0": No such device' \
		-n there get br0
}

@test "an invalid namespace is refused with its name" {
	local word why="No such file or directory"

	for word in nope /nope /run/netns/nope 0 "" . .. there/; do
		run -1 --separate-stderr brctl -n "$word" addbr br1
		[ -z "$output" ]
		[[ $stderr = "brctl: cannot enter the network namespace \
\"$word\": "* ]]
	done
	refuses "brctl: cannot enter the network namespace \"nope\": $why;\
 \"ip netns\" lists the names of namespaces" -n nope show
	refuses "brctl: cannot enter the network namespace \"x\\033\": $why;\
 \"ip netns\" lists the names of namespaces" -n $'x\e' -j show
	refuses "brctl: cannot enter the network namespace \"/nope\": $why" \
		-n /nope show
	refuses 'brctl: cannot enter the network namespace "/dev/null": Invalid'\
' argument; the file is not a network namespace' -n /dev/null addbr br1
	# A namespace of another type.
	refuses 'brctl: cannot enter the network namespace "/proc/self/ns/uts":'\
' Invalid argument; the file is not a network namespace' \
		-n /proc/self/ns/uts addbr br1
	missing br1
}

@test "without CAP_SYS_ADMIN, the namespace cannot be entered" {
	run -1 setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin \
		"$BRCTL" -n there addbr br1
	[ "$output" = 'brctl: cannot enter the network namespace "there":'\
' Operation not permitted; this needs the capability CAP_SYS_ADMIN: try as root' ]
	run -0 there
	[[ $output != *" br1: "* ]]
	missing br1
}

@test "-n and --netns need an argument" {
	run -1 --separate-stderr brctl show -n
	[ "${stderr_lines[0]}" = \
		"$BRCTL: option requires an argument -- 'n'" ]
	run -1 --separate-stderr brctl show --netns
	[ "${stderr_lines[0]}" = \
		"$BRCTL: option '--netns' requires an argument" ]
}
