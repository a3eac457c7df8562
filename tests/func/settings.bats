#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The settings of a bridge, as rows: words, and what the kernel then has.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip link add br0 type bridge
}

# rows COMMAND FILE: reads rows of an argument and the value in FILE.
rows()
{
	local word value

	while IFS='|' read -r word value; do
		works "$1" br0 "$word"
		is "br0/bridge/$2" "$value"
	done
}

# refused COMMAND STDERR WORD...: each of the words, and nothing changes.
refused()
{
	local command=$1 err=$2 word before

	before=$(state)
	shift 2
	for word in "$@"; do
		refuses "$err" "$command" br0 "$word"
	done
	[ "$(state)" = "$before" ]
}

@test "times are seconds with decimals, in any form of strtod" {
	rows setageing ageing_time <<-END
	300|30000
	0|0
	1.5|150
	1e3|100000
	.5|50
	5.|500
	0x10|1600
	010|1000
	 7|700
	+7|700
	END
}

@test "priorities are decimal, hexadecimal and octal numbers" {
	rows setbridgeprio priority <<-END
	0|0
	32768|32768
	65535|65535
	0x1000|4096
	010|8
	 5|5
	+5|5
	END
}

@test "the forward delay, the hello time and the maximum age are set" {
	rows setfd forward_delay <<< "4|400"
	rows sethello hello_time <<< "3|300"
	rows setmaxage max_age <<< "12|1200"
}

@test "STP is turned on and off by six words" {
	local word

	for word in on 1 yes; do
		works stp br0 "$word"
		is br0/bridge/stp_state 1
	done
	for word in off 0 no; do
		works stp br0 "$word"
		is br0/bridge/stp_state 0
	done
}

@test "STP takes no other word" {
	refused stp "expect on/off for argument" On ON true 2 01 "" "on "
}

@test "what is no number is refused, and so is a number with more behind it" {
	refused setageing "bad ageing time value" x "" " " 4x 1,5 1e "5 x" nan
	refused setbridgeprio "bad priority" x "" " " 10x 1.5 08
	refused setfd "bad forward delay value" x "" 4x
	refused sethello "bad hello timer value" x "" 2x
	refused setmaxage "bad max age value" x "" 20s
}

@test "what is out of range is refused" {
	refused setbridgeprio \
		"set bridge priority failed: Numerical result out of range" \
		65536 0x10000 99999999999999999999999 -1
	refused setageing \
		"set ageing time failed: Numerical result out of range" \
		42949672.96 1e300 inf -5 -0.01
	refused sethello \
		"set hello timer failed: Numerical result out of range" 0 11 -1
	refused setmaxage \
		"set max age failed: Numerical result out of range" 5 41 -1
}

@test "a forward delay of 0 needs STP off" {
	works setfd br0 0
	works stp br0 on
	refused setfd \
		"set forward delay failed: Numerical result out of range" \
		0 1.99 31
	works setfd br0 2
	works stp br0 off
	works setfd br0 0
	is br0/bridge/forward_delay 0
}

@test "a missing bridge, and what is no bridge" {
	refuses "set ageing time failed: No such device" setageing nope 5
	refuses "set bridge priority failed: No such device" \
		setbridgeprio nope 5
	refuses "set forward delay failed: No such device" setfd nope 5
	refuses "set hello timer failed: No such device" sethello nope 5
	refuses "set max age failed: No such device" setmaxage nope 9
	refuses "set stp status failed: No such device" stp nope on
	refuses "set forward delay failed: Operation not supported" setfd lo 5
	refuses "set stp status failed: Operation not supported" stp lo on
}

@test "the number is looked at before the bridge" {
	refuses "bad ageing time value" setageing nope x
	refuses "expect on/off for argument" stp nope x
}

@test "more words are passed over" {
	gives 0 "" 'brctl: ignored: "extra"' setageing br0 100 extra
	is br0/bridge/ageing_time 10000
}
