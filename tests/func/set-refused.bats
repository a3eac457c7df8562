#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# set and setport: refused calls give the reason and change nothing.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip link add br0 type bridge
	ip link add br1 type bridge
	pair v0 w0
	pair v1 w1
	brctl addif br0 v0
	brctl addif br1 v1
}

OUT="Numerical result out of range"
SET="brctl: cannot set"
BR0='of bridge "br0"'
V0='of port "v0" of bridge "br0"'

# no_value OPTION WHY WORD...: checks that a bridge's option refuses each of
# the words.
no_value()
{
	local option=$1 why=$2 word before

	shift 2
	before=$(state)
	for word in "$@"; do
		refuses "brctl: \"$word\" is not a value of $option: $why" \
			set br0 "$option=$word"
	done
	[ "$(state)" = "$before" ]
}

@test "an unknown option is refused, with similar names" {
	denies 'brctl: "ageing_tim": unknown option
brctl: did you mean ageing_time?' set br0 ageing_tim=3
	# For a name that resembles iproute2's name, our name is suggested.
	denies 'brctl: "mcast_querie": unknown option
brctl: did you mean multicast_querier?
brctl: did you mean multicast_querier_interval?' set br0 mcast_querie=1
	denies 'brctl: "isolatd": unknown option
brctl: did you mean isolated?' setport br0 v0 isolatd=1
	denies 'brctl: "zzzz": unknown option' set br0 zzzz=3
	denies 'brctl: "": unknown option' set br0 =3
}

@test "an option of another scope is refused, and the scope is named" {
	denies 'brctl: "isolated": unknown option
brctl: isolated is an option of ports' set br0 isolated=1
	denies 'brctl: "ageing_time": unknown option
brctl: ageing_time is an option of bridges' \
		setport br0 v0 ageing_time=3
	denies 'brctl: "gvrp": unknown option
brctl: gvrp is an option of VLAN devices' set br0 gvrp=on
}

@test "an option without a value is refused" {
	denies 'brctl: "priority" is not NAME=VALUE' set br0 priority
	denies 'brctl: "on" is not NAME=VALUE' setport br0 v0 isolated=1 on
}

@test "a value of the wrong type is refused, and the expected type is named" {
	no_value priority "it takes a whole number" x 1.5 08 "" "5 x"
	no_value ageing_time "it takes seconds" x "" 5s 1,5
	no_value multicast_snooping "it takes on or off" 2 true ""
	no_value group_addr "it takes a MAC address" x 01:80:c2:00:00 ""
	no_value vlan_protocol "it takes 802.1Q or 802.1ad" x 802.1 ""
	no_value flush "it takes only on, which starts the action" x ""
	no_value stp_mode "it takes one of the words: auto user kernel" x ""
	denies 'brctl: "zzz" is not a value of backup_port: No such device' \
		setport br0 v0 backup_port=zzz
}

@test "a value out of range is refused, and the range is named" {
	no_value priority "$OUT; priority ranges from 0 to 65535" 65536 -1
	no_value group_fwd_mask \
		"$OUT; valid bits of group_fwd_mask: 0xfff8" 0x10000
	no_value ageing_time "$OUT; ageing_time ranges from 0.00 to 42949672.95 s" \
		42949672.96 -0.01
	denies "$SET hello_time $BR0: $OUT; hello_time ranges from 1.00 to 10.00 s" \
		set br0 hello_time=10.01
	denies "$SET stp_state $BR0: $OUT; stp_state ranges from 0 to 1" \
		set br0 stp_state=2
	denies "$SET multicast_query_interval $BR0: $OUT;\
 multicast_query_interval ranges from 1.00 to 86400.00 s" \
		set br0 multicast_query_interval=0.99
	denies "$SET group_fwd_mask $BR0: Invalid argument; valid bits of\
 group_fwd_mask: 0xfff8" set br0 group_fwd_mask=7
	denies "$SET path_cost $V0: $OUT; path_cost ranges from 1 to 65535" \
		setport br0 v0 path_cost=65536
}

@test "a port's state is refused with the reason" {
	ip link set v0 down
	denies "$SET state $V0: Network is down; the device is down, or has no\
 carrier" setport br0 v0 state=forwarding
	ip link set br0 type bridge stp_state 1
	denies "$SET state $V0: Device or resource busy; the\
 bridge's spanning tree (its option stp_state) sets it itself" \
		setport br0 v0 state=forwarding
}

@test "a read-only option is refused" {
	denies "$SET root_port $BR0: root_port can only be read" \
		set br0 root_port=1
	denies "$SET gc_timer $BR0: gc_timer can only be read" set br0 gc_timer=1
	no_value root_id "it can only be read" 8000.020000000001
	denies "$SET port_no $V0: port_no can only be read" \
		setport br0 v0 port_no=5
}

@test "if one of several options is refused, none is changed" {
	local why="$OUT; path_cost ranges from 1 to 65535"

	denies "$SET options $BR0: $OUT; hello_time ranges from 1.00 to 10.00 s" \
		set br0 stp_state=1 priority=7 hello_time=10.01
	denies "$SET options $V0: $why" setport br0 v0 isolated=on path_cost=0
}

@test "options that depend on each other are set back together" {
	local why="$OUT; path_cost ranges from 1 to 65535"

	brctl setport br0 v0 locked=on mab=on || skip "this kernel has no mab"
	denies "$SET options $V0: $why" \
		setport br0 v0 mab=off locked=off path_cost=0
	brctl setport br0 v0 locked=off mab=off
	denies "$SET options $V0: $why" \
		setport br0 v0 locked=on mab=on path_cost=0
}

@test "an option for drivers is refused by the kernel" {
	denies "$SET learning_sync $V0: Operation not supported" \
		setport br0 v0 learning_sync=on
	denies "$SET learning_sync $V0: Operation not supported" \
		setport br0 v0 learning_sync=on isolated=on path_cost=7
}

@test "if one of several options is refused, the error names it" {
	denies "$SET state $V0: Network is down; the device is down, or has no\
 carrier" setport br0 v0 isolated=on state=forwarding path_cost=9
}

@test "options that the kernel changes along with another are set back" {
	needs vlan_filtering
	works set br0 vlan_filtering=on mcast_vlan_snooping=on
	denies "$SET mst_enabled $BR0: Device or resource busy; the kernel says:\
 MST mode can't be changed while VLANs exist" \
		set br0 vlan_filtering=off mst_enabled=on
	gives 0 "vlan_filtering=on
mcast_vlan_snooping=on" "" get br0 vlan_filtering mcast_vlan_snooping
}

@test "for an option that needs ports without VLANs, the error says so" {
	needs vlan_filtering
	denies "$SET vlan_stats_per_port $BR0: Device or resource busy; it changes\
 only while no port of the bridge is in a VLAN" set br0 vlan_stats_per_port=on
	works delvlan br0 v0 1
	works set br0 vlan_stats_per_port=on
}

@test "setting an option to its present value always succeeds" {
	local filtering="this kernel may have been built without vlan_filtering"

	works setport br0 v0 state=disabled isolated=on
	works set br0 vlan_filtering=off ageing_time=7
	is br0/bridge/ageing_time 700
	works set br0 vlan_filtering=off
	if ip link set br1 type bridge vlan_filtering 1; then
		return
	fi
	denies "$SET vlan_filtering $BR0: Operation not supported; $filtering" \
		set br0 ageing_time=8 vlan_filtering=on hello_time=3
}

@test "a feature that the kernel was built without is named" {
	if ip link set br0 type bridge vlan_filtering 1; then
		works set br0 vlan_filtering=0
		return
	fi
	denies "$SET vlan_filtering $BR0: Operation not supported; this kernel\
 may have been built without vlan_filtering" set br0 vlan_filtering=1
}

@test "a missing bridge, and a device that is not a bridge, are refused" {
	denies "$SET priority of bridge \"nope\": No such device" \
		set nope priority=1
	denies "$SET options of bridge \"nope\": No such device" \
		set nope priority=1 ageing_time=5
	denies "$SET priority of bridge \"lo\": it is not a bridge" \
		set lo priority=1
	denies "$SET options of bridge \"lo\": it is not a bridge" \
		set lo priority=1 ageing_time=5
	denies "$SET path_cost of port \"v0\" of bridge \"nope\": no such bridge" \
		setport nope v0 path_cost=5
	denies "$SET path_cost of port \"v0\" of bridge \"lo\": it is a port of\
 another bridge" setport lo v0 path_cost=5
}

@test "a missing port, no port, and a port of another bridge are refused" {
	denies "$SET path_cost of port \"nope\" of bridge \"br0\": No such device" \
		setport br0 nope path_cost=5
	denies "$SET path_cost of port \"w0\" of bridge \"br0\": it is not a port" \
		setport br0 w0 path_cost=5
	denies "$SET path_cost of port \"v1\" of bridge \"br0\": it is a port of\
 another bridge" setport br0 v1 path_cost=5
}

@test "without CAP_NET_ADMIN no option is set" {
	local before
	local why="Operation not permitted; the capability CAP_NET_ADMIN is needed"

	before=$(state)
	run -1 poor set br0 priority=1
	[ "$(cat "$BATS_TEST_TMPDIR/err")" = "$SET priority $BR0: $why" ]
	run -1 poor set br0 priority=1 ageing_time=5
	[ "$(cat "$BATS_TEST_TMPDIR/err")" = "$SET options $BR0: $why" ]
	run -1 poor setport br0 v0 path_cost=5
	[ "$(cat "$BATS_TEST_TMPDIR/err")" = "$SET path_cost $V0: $why" ]
	[ "$(state)" = "$before" ]
}

@test "control characters are escaped in errors" {
	denies 'brctl: cannot set priority of bridge "b\033[31m": No such device' \
		set $'b\e[31m' priority=1
	denies 'brctl: "pri\012\033": unknown option' set br0 $'pri\n\e=1'
	denies 'brctl: "pri\007" is not NAME=VALUE' set br0 $'pri\a'
	denies 'brctl: "1\033" is not a value of priority: it takes a whole number' \
		set br0 $'priority=1\e'
	denies 'brctl: "x\033" is not a value of backup_port: No such device' \
		setport br0 v0 $'backup_port=x\e'
	denies 'brctl: cannot set path_cost of port "v\177" of bridge "br0": No such'\
' device' setport br0 $'v\177' path_cost=1
}

@test "missing arguments" {
	local command

	for command in "set" "set br0" "setport" "setport br0" \
			"setport br0 v0"; do
		# shellcheck disable=SC2086 # words
		run -1 --separate-stderr brctl $command
		[ "${lines[0]}" = "Incorrect number of arguments for command" ]
		[[ ${lines[1]} = "Usage: brctl ${command%% *} <bridge"* ]]
		[ -z "$stderr" ]
	done
}
