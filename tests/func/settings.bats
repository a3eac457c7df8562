#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The options of a bridge: words, and the resulting values in the kernel.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip link add br0 type bridge
}

# rows COMMAND FILE: reads lines of an argument and the resulting value of
# FILE.
rows()
{
	local word value

	while IFS='|' read -r word value; do
		works "$1" br0 "$word"
		is "br0/bridge/$2" "$value"
	done
}

# refused COMMAND STDERR WORD...: checks that each word is refused and changes
# nothing.
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

@test "times are seconds with decimals, in each format of strtod" {
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

@test "STP refuses other words" {
	refused stp "expect on/off for argument" On ON true 2 01 "" "on "
}

@test "invalid numbers, and text after a number, are refused" {
	refused setageing "bad ageing time value" x "" " " 4x 1,5 1e "5 x" nan
	refused setbridgeprio "bad priority" x "" " " 10x 1.5 08
	refused setfd "bad forward delay value" x "" 4x
	refused sethello "bad hello timer value" x "" 2x
	refused setmaxage "bad max age value" x "" 20s
}

OUT="Numerical result out of range"

# out_of_range COMMAND CLASSIC OPTION RANGE WORD...: checks that each word is
# refused and that the range is named. Values that do not fit into the
# attribute are refused before a request is sent.
out_of_range()
{
	local command=$1 classic=$2 option=$3 range=$4 word

	shift 4
	for word in "$@"; do
		case $word in
		too_large=*|-*)
			word=${word#*=}
			refused "$command" "$classic: $OUT
brctl: \"$word\" is not a value of $option: $OUT; $option ranges from $range" \
				"$word"
			;;
		*)
			refused "$command" "$classic: $OUT
brctl: cannot set $option of bridge \"br0\": $OUT; $option ranges from $range" \
				"$word"
			;;
		esac
	done
}

@test "a value out of range is refused, and the range is named" {
	out_of_range setbridgeprio "set bridge priority failed" priority \
		"0 to 65535" too_large=65536 too_large=0x10000 \
		too_large=99999999999999999999999 -1
	out_of_range setageing "set ageing time failed" ageing_time \
		"0.00 to 42949672.95 s" too_large=42949672.96 too_large=1e300 \
		too_large=inf -5 -0.01
	out_of_range sethello "set hello timer failed" hello_time \
		"1.00 to 10.00 s" 0 11 -1
	out_of_range setmaxage "set max age failed" max_age \
		"6.00 to 40.00 s" 5 41 -1
}

@test "a forward delay of 0 is only accepted while STP is off" {
	works setfd br0 0
	works stp br0 on
	out_of_range setfd "set forward delay failed" forward_delay \
		"2.00 to 30.00 s" 0 1.99 31
	works setfd br0 2
	works stp br0 off
	works setfd br0 0
	is br0/bridge/forward_delay 0
}

@test "a missing bridge, and a device that is not a bridge, are refused" {
	local why='there is no device "nope"'

	explains "set ageing time failed: No such device" "$why" \
		setageing nope 5
	explains "set bridge priority failed: No such device" "$why" \
		setbridgeprio nope 5
	explains "set forward delay failed: No such device" "$why" setfd nope 5
	explains "set hello timer failed: No such device" "$why" \
		sethello nope 5
	explains "set max age failed: No such device" "$why" setmaxage nope 9
	explains "set stp status failed: No such device" "$why" stp nope on
	explains "set forward delay failed: Operation not supported" \
		'cannot set forward_delay of bridge "lo": it is not a bridge' \
		setfd lo 5
	explains "set stp status failed: Operation not supported" \
		'cannot set stp_state of bridge "lo": it is not a bridge' \
		stp lo on
}

@test "the number is checked before the bridge" {
	refuses "bad ageing time value" setageing nope x
	refuses "expect on/off for argument" stp nope x
}

@test "extra arguments are ignored with a warning" {
	gives 0 "" 'brctl: ignored: "extra"' setageing br0 100 extra
	is br0/bridge/ageing_time 10000
}
