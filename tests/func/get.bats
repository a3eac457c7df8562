#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# get and getport: values of named options, or of all; as text and as JSON.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip link add br0 type bridge
	pair v0 w0
	pair v1 w1
	brctl addif br0 v0
	brctl set br0 ageing_time=1.5 priority=4096 group_fwd_mask=8
	brctl setport br0 v0 path_cost=7 isolated=on
}

index_of()
{
	cat "/sys/class/net/$1/ifindex"
}

@test "options are shown in the requested order" {
	gives 0 "priority=4096
ageing_time=1.50
group_fwd_mask=0x8
group_addr=01:80:c2:00:00:00
multicast_snooping=on" "" get br0 priority ageing_time group_fwd_mask \
		group_addr mcast_snooping
	gives 0 "isolated=on
path_cost=7
state=disabled" "" getport br0 v0 isolated cost state
}

@test "JSON values are numbers, seconds, booleans and strings" {
	needs json
	gives 0 "{\"bridge\":\"br0\",\"index\":$(index_of br0),\"options\":{\
\"priority\":4096,\"ageing_time\":1.5,\"group_fwd_mask\":8,\
\"group_addr\":\"01:80:c2:00:00:00\",\"multicast_snooping\":true}}" "" \
		-j get br0 priority ageing_time group_fwd_mask group_addr \
		mcast_snooping
	gives 0 "[
{\"port\":\"v0\",\"index\":$(index_of v0),\"bridge\":\"br0\",\"options\":{\
\"isolated\":true,\"path_cost\":7,\"state\":\"disabled\"}}
]" "" --json getport br0 v0 isolated cost state
}

@test "without names, all options that the kernel sends are shown" {
	local names all

	mapfile -t names < <(brctl get br0 | sed 's/=.*//')
	[ ${#names[@]} -gt 30 ]
	# Ignores the values of timers, which change.
	all=$(brctl get br0 | sed 's/_timer=.*/_timer/')
	run -0 brctl get br0 "${names[@]}"
	[ "$(sed 's/_timer=.*/_timer/' <<< "$output")" = "$all" ]
	mapfile -t names < <(brctl getport br0 v0 | sed 's/=.*//')
	[ ${#names[@]} -gt 20 ]
	[ "$(brctl getport br0 v0 "${names[@]}")" = "$(brctl getport br0 v0)" ]
}

@test "without a port all ports are shown, each with its name" {
	needs json
	brctl addif br0 v1
	brctl setport br0 v1 path_cost=9
	gives 0 "v0 path_cost=7
v0 isolated=on
v1 path_cost=9
v1 isolated=off" "" getport br0 path_cost isolated
	gives 0 "[
{\"port\":\"v0\",\"index\":$(index_of v0),\"bridge\":\"br0\",\"options\":{\
\"path_cost\":7}},
{\"port\":\"v1\",\"index\":$(index_of v1),\"bridge\":\"br0\",\"options\":{\
\"path_cost\":9}}
]" "" -j getport br0 path_cost
}

@test "for a bridge without ports, nothing is shown" {
	needs json
	ip link add br1 type bridge
	works getport br1
	works getport br1 path_cost
	gives 0 "[]" "" -j getport br1
}

@test "a port may have the name of an option" {
	pair isolated w2
	brctl addif br0 isolated
	gives 0 "path_cost=2" "" getport br0 isolated path_cost
	gives 0 "isolated=off" "" getport br0 isolated isolated
}

@test "a port may be given by an alternative name" {
	needs json
	ip link property add dev v0 altname valt
	brctl addif br0 v1
	gives 0 "path_cost=7" "" getport br0 valt path_cost
	gives 0 "[
{\"port\":\"v0\",\"index\":$(index_of v0),\"bridge\":\"br0\",\"options\":{\
\"path_cost\":7}}
]" "" -j getport br0 valt path_cost
}

@test "control characters in names are escaped, in text and JSON" {
	needs json
	ip link add $'b\e[31m' type bridge
	pair $'p"\e\\' w2
	brctl addif $'b\e[31m' $'p"\e\\'
	gives 0 'p"\033\ path_cost=2' "" getport $'b\e[31m' path_cost
	gives 0 "{\"bridge\":\"b\\u001B[31m\",\"index\":$(index_of $'b\e[31m'),\
\"options\":{\"priority\":32768}}" "" -j get $'b\e[31m' priority
	gives 0 "[
{\"port\":\"p\\\"\\u001B\\\\\",\"index\":$(index_of $'p"\e\\'),\
\"bridge\":\"b\\u001B[31m\",\"options\":{\"path_cost\":2}}
]" "" -j getport $'b\e[31m' path_cost
}

@test "an unknown option, and an option of another scope, are refused" {
	refuses 'brctl: "ageing_tim": unknown option
brctl: did you mean ageing_time?' get br0 ageing_tim
	refuses 'brctl: "isolated": unknown option
brctl: isolated is an option of ports' get br0 isolated
	refuses 'brctl: "ageing_time": unknown option
brctl: ageing_time is an option of bridges' \
		getport br0 v0 ageing_time
	refuses 'brctl: "x\033": unknown option' get br0 $'x\e'
}

@test "an unknown option in place of a port" {
	refuses 'brctl: cannot read port "path_cst" of bridge "br0": No such'\
' device
brctl: did you mean path_cost?' getport br0 path_cst
	refuses 'brctl: cannot read port "ageing_time" of bridge "br0": No such'\
' device
brctl: ageing_time is an option of bridges' \
		getport br0 ageing_time
	refuses 'brctl: cannot read port "br0" of bridge "br0": it is not a port' \
		getport br0 br0
}

@test "unreadable and unset options are reported, and the others shown" {
	needs json
	gives 1 "priority=4096" "brctl: this kernel shows no flush here" \
		get br0 flush priority
	gives 1 "path_cost=7" "brctl: backup_port is not set" \
		getport br0 v0 backup_port path_cost
	gives 1 "{\"bridge\":\"br0\",\"index\":$(index_of br0),\"options\":{\
\"priority\":4096}}" "brctl: this kernel shows no flush here" \
		-j get br0 flush priority
}

@test "a missing bridge, and a device that is not a bridge, are refused" {
	needs json
	refuses 'brctl: cannot read bridge "nope": No such device' get nope
	refuses 'brctl: cannot read bridge "lo": it is not a bridge' get lo
	refuses 'brctl: cannot read bridge "nope": No such device' -j get nope
	refuses 'brctl: cannot list the ports of bridge "nope": No such device' \
		getport nope
	refuses 'brctl: cannot list the ports of bridge "lo": it is not a bridge'\
		getport lo
}

@test "a missing port, no port, and a port of another bridge are refused" {
	ip link add br1 type bridge
	brctl addif br1 v1
	refuses 'brctl: cannot read port "nope" of bridge "br0": No such device' \
		getport br0 nope
	refuses 'brctl: cannot read port "w0" of bridge "br0": it is not a port' \
		getport br0 w0
	refuses 'brctl: cannot read port "v1" of bridge "br0": it is a port of'\
' another bridge' getport br0 v1 path_cost
}

@test "no privilege is needed" {
	run -0 poor get br0 priority
	[ "$(cat "$BATS_TEST_TMPDIR/out")" = priority=4096 ]
	run -0 poor getport br0 v0 path_cost
	[ "$(cat "$BATS_TEST_TMPDIR/out")" = path_cost=7 ]
}

@test "--settable shows only options that set accepts" {
	local names settable

	ip link add br1 type bridge
	pair v2 w2
	brctl addif br1 v2
	mapfile -t names < <(brctl get --settable br0)
	works set br1 "${names[@]}"
	[ "$(brctl get --settable br1)" = "$(brctl get --settable br0)" ]
	is br1/bridge/ageing_time 150
	settable=$(brctl options bridge |
		awk '$1 == "bridge" && $3 == "rw" { print $2 }')
	names=("${names[@]%%=*}")
	[ ${#names[@]} -gt 20 ]
	[ -z "$(printf '%s\n' "${names[@]}" | grep -vxF "$settable")" ]

	mapfile -t names < <(brctl getport --settable br0 v0)
	[[ "${names[*]}" != *state=* && "${names[*]}" = *path_cost=7* ]]
	works setport br1 v2 "${names[@]}"
	is v2/brport/isolated 1
	gives 0 "v0 path_cost=7" "" \
		getport --settable br0 path_cost state port_no
	gives 0 "priority=4096" "" get --settable br0 root_id priority
	refuses "brctl: show: option --settable is not supported" --settable show
}
