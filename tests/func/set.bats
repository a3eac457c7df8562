#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# set and setport: set one or several options, in any unit. Either all of them
# are set or none.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip link add br0 type bridge
	pair v0 w0
	pair v1 w1
	brctl addif br0 v0 v1
}

@test "several options are set in one call" {
	works set br0 ageing_time=1.5 hello_time=3 priority=0x1000 \
		stp_state=on multicast_snooping=off
	is br0/bridge/ageing_time 150
	is br0/bridge/hello_time 300
	is br0/bridge/priority 4096
	is br0/bridge/stp_state 1
	is br0/bridge/multicast_snooping 0
	works setport br0 v0 path_cost=7 priority=3 isolated=on
	is v0/brport/path_cost 7
	is v0/brport/priority 3
	is v0/brport/isolated 1
	is v1/brport/isolated 0
}

@test "iproute2's names of options are accepted" {
	works set br0 mcast_snooping=0 mcast_hash_max=64
	is br0/bridge/multicast_snooping 0
	is br0/bridge/hash_max 64
	works setport br0 v0 cost=9 guard=on
	is v0/brport/path_cost 9
	is v0/brport/bpdu_guard 1
}

# rows OPTION: reads lines of a word and the value in sysfs after it is set.
rows()
{
	local word value

	while IFS='|' read -r word value; do
		works set br0 "$1=$word"
		is "br0/bridge/$1" "$value"
	done
}

@test "times are seconds with decimals" {
	rows ageing_time <<-END
	1.5|150
	8.2|820
	1e3|100000
	0|0
	42949672.94|4294967294
	END
	rows multicast_query_interval <<-END
	1|100
	20.08|2008
	86400|8640000
	END
}

@test "booleans have six words; masks and addresses have their own formats" {
	rows multicast_querier <<-END
	on|1
	off|0
	yes|1
	no|0
	1|1
	0|0
	END
	rows group_fwd_mask <<-END
	0xfff8|0xfff8
	8|0x8
	END
	rows group_addr <<< "01:80:C2:00:00:0F|01:80:c2:00:00:0f"
}

@test "backup_port is set by name, and cleared by an empty name" {
	works setport br0 v0 backup_port=v1
	is v0/brport/backup_port v1
	works setport br0 v0 backup_port=
	is v0/brport/backup_port ""
}

@test "options that are actions are carried out" {
	ip link set w0 up
	ip link set w1 up
	ip link set v0 up
	ip link set v1 up
	ip link set br0 up
	forwarding v0 v1
	bridge fdb add 02:00:00:00:00:01 dev v0 master dynamic
	bridge fdb add 02:00:00:00:00:02 dev v1 master dynamic
	works setport br0 v0 flush=1
	run -0 bridge fdb show br br0
	[[ $output != *02:00:00:00:00:01* && $output = *02:00:00:00:00:02* ]]
	works set br0 fdb_flush=on
	run -0 bridge fdb show br br0
	[[ $output != *02:00:00:00:00:02* ]]
}

OUT="Numerical result out of range"
BRIDGE="brctl: cannot set options of bridge \"br0\""
PORT="brctl: cannot set options of port \"v0\" of bridge \"br0\""

# orders STDERR COMMAND WORD...: checks that the command is refused for each
# rotation of the last four words.
orders()
{
	local -a words=("${@: -4}") start=("${@:1:$# - 4}")
	local i

	for i in 0 1 2 3; do
		denies "${start[@]}" "${words[@]:i}" "${words[@]:0:i}"
	done
}

@test "if the kernel refuses one option, the others are not changed" {
	# The kernel applies the options in its own order; one is refused
	# early, one late.
	orders "$BRIDGE: $OUT; hello_time ranges from 1.00 to 10.00 s" set br0 \
		forward_delay=5 hello_time=99 ageing_time=20 hash_max=8
	orders "$BRIDGE: Invalid argument; multicast_igmp_version ranges from 2\
 to 3" set br0 multicast_igmp_version=9 max_age=12 group_fwd_mask=8 stp_state=1
	orders "$PORT: $OUT; path_cost ranges from 1 to 65535" setport br0 v0 \
		path_cost=0 isolated=on priority=3 multicast_flood=off
}

# The kernel raises forward_delay when STP is turned on.
@test "values that the kernel changed by itself are set back" {
	works set br0 stp_state=off
	works set br0 forward_delay=1
	denies "$BRIDGE: Invalid argument; valid bits of group_fwd_mask: 0xfff8" \
		set br0 stp_state=on group_fwd_mask=7
	is br0/bridge/forward_delay 100
	is br0/bridge/stp_state 0
}

@test "if the library refuses one option, the others are not changed" {
	orders 'brctl: "hash_mx": unknown option
brctl: did you mean hash_max?' set br0 \
		hash_mx=8 ageing_time=20 priority=5 stp_state=1
	orders "$BRIDGE: root_port can only be read" set br0 root_port=1 \
		ageing_time=20 priority=5 stp_state=1
	orders "$PORT: $OUT; priority ranges from 0 to 63" setport br0 v0 \
		priority=64 isolated=on path_cost=3 multicast_flood=off
}

@test "an option that is given twice is refused" {
	denies "$BRIDGE: priority is given twice" set br0 priority=1 priority=2
	denies "$BRIDGE: multicast_snooping is given twice" \
		set br0 mcast_snooping=0 multicast_snooping=0
}

@test "more than 64 options are refused" {
	local words

	mapfile -t words < <(seq -f 'priority=%g' 65)
	denies "brctl: 65 options are too many for one call" \
		set br0 "${words[@]}"
	denies "brctl: 65 options are too many for one call" \
		setport br0 v0 "${words[@]}"
}

@test "a value that the kernel adjusts is reported, with the range" {
	gives 1 "" "brctl: the kernel changed forward_delay=1.00 to 2.00
brctl: forward_delay ranges from 2.00 to 30.00 s" \
		set br0 stp_state=1 forward_delay=1
	is br0/bridge/forward_delay 200
	is br0/bridge/stp_state 1
	# The classic commands do not report it.
	works stp br0 off
	works setfd br0 1
	works stp br0 on
	is br0/bridge/forward_delay 200
}

@test "options that the kernel changes along with another are reported" {
	works set br0 forward_delay=1
	gives 0 "" "brctl: the kernel changed forward_delay=1.00 to 2.00 as well" \
		set br0 stp_state=on
	works set br0 stp_state=off
	works set br0 forward_delay=1
	works set br0 stp_state=on forward_delay=2
	works set br0 stp_state=off
	works set br0 forward_delay=1
	works addbr br1
	gives 0 "" "brctl: br0: the kernel changed forward_delay=1.00 to 2.00 as\
 well" set br0,br1 stp_state=on
}

@test "options with such side effects report a missing bridge as usual" {
	denies 'brctl: cannot set stp_state of bridge "nope": No such device' \
		set nope stp_state=on
	denies 'brctl: cannot set stp_state of bridge "lo": it is not a bridge' \
		set lo stp_state=on
}

@test "options that vlan_filtering turns off are reported" {
	needs vlan_filtering
	works set br0 vlan_filtering=on mcast_vlan_snooping=on
	gives 0 "dry run: set br0 vlan_filtering=off" "" \
		--dry-run set br0 vlan_filtering=off
	gives 0 "" "brctl: the kernel changed mcast_vlan_snooping=on to off as\
 well" set br0 vlan_filtering=off
	works set br0 vlan_filtering=on
	works set br0 mcast_vlan_snooping=on
	works set br0 vlan_filtering=off mcast_vlan_snooping=off
}

@test "options that the kernel ignores cause no error" {
	works set br0 hash_elasticity=9 ageing_time=7
	works sethashel br0 9
	works setport br0 v0 flush=1 backup_port=v1
}
