#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Names with bytes that a terminal would obey, and names of other languages.
#
# environment: ns

load ../common.bash
load exact.bash

RED=$'a\e[31m'

# no_escape WORD...: neither stream of brctl WORD... holds a raw ESC, nor any
# other byte below blank but tab and newline.
no_escape()
{
	quiet "$@" || true
	! LC_ALL=C grep -q $'[\x01-\x08\x0b-\x1f\x7f]' \
		"$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err" || {
		cat -A "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err"
		return 1
	}
}

@test "a bridge and a port with an escape sequence are shown escaped" {
	ip link add "$RED" type bridge
	pair $'p\e[0m' w0 02:00:00:00:00:10
	brctl addif "$RED" $'p\e[0m'
	gives 0 "$HEADER
a\\033[31m		8000.020000000010	no		p\\033[0m" "" show
	run -0 brctl showstp "$RED"
	[ "${lines[0]}" = 'a\033[31m' ]
	[[ $output = *'p\033[0m (1)'* ]]
}

@test "no command prints a raw control byte, whichever word holds it" {
	local verb

	ip link add "$RED" type bridge
	pair $'p\e[0m' w0
	for verb in addbr delbr show showmacs showstp; do
		no_escape "$verb" $'x\e[31m'
	done
	for verb in addif delif setageing setbridgeprio setfd sethello \
		setmaxage stp; do
		no_escape "$verb" $'x\e[31m' $'y\a'
		no_escape "$verb" "$RED" $'y\a'
	done
	for verb in hairpin setpathcost setportprio; do
		no_escape "$verb" "$RED" $'p\e[0m' $'y\a'
		no_escape "$verb" $'x\e[31m' $'y\a' 1
		no_escape "$verb" "$RED" $'p\e[0m' 1
	done
	no_escape $'x\e[31m'
	no_escape $'--x\e[31m'
	no_escape show "$RED"
	no_escape showstp "$RED"
	no_escape addbr "$RED"
}

@test "a new bridge gets no control byte in its name" {
	refuses 'brctl: cannot add bridge "a\033[31m": a device name may not hold'\
' control characters' addbr "$RED"
	refuses 'brctl: cannot add bridge "a\177": a device name may not hold'\
' control characters' addbr $'a\177'
	[ "$(ip -o link show | wc -l)" -eq 1 ]
}

@test "a bridge that has one already can still be used and deleted" {
	ip link add "$RED" type bridge
	works setfd "$RED" 5
	works stp "$RED" on
	works delbr "$RED"
	[ "$(ip -o link show | wc -l)" -eq 1 ]
}

@test "names in UTF-8 are unharmed" {
	works addbr brücke
	works addbr 橋
	gives 0 "$HEADER
brücke		8000.000000000000	no		
橋		8000.000000000000	no		" "" show
	refuses "bridge größe does not exist!" show größe
}

@test "a C1 control byte, raw or as UTF-8, never reaches a terminal" {
	ip link add $'a\x9b31m' type bridge
	ip link add $'b\xc2\x9b31m' type bridge
	brctl show > "$BATS_TEST_TMPDIR/out"
	! LC_ALL=C grep -q $'\x9b' "$BATS_TEST_TMPDIR/out" || {
		cat -v "$BATS_TEST_TMPDIR/out"
		return 1
	}
	grep -qF 'a\23331m' "$BATS_TEST_TMPDIR/out"
	grep -qF 'b\302\23331m' "$BATS_TEST_TMPDIR/out"
}

@test "a name that is no UTF-8 is shown escaped" {
	ip link add $'a\xffb' type bridge
	gives 0 "$HEADER
a\\377b		8000.000000000000	no		" "" show
}

@test "a name with slashes is no path below sysfs" {
	ip link add br0 type bridge
	explains "set forward delay failed: No such device" \
		'there is no device "../net/br0"' setfd ../net/br0 7
	refuses "bridge ./br0 does not exist!" show ./br0
	refuses "bridge br0/ does not exist!" showstp br0/
	is br0/bridge/forward_delay 1500
}

@test "a percent sign is no format" {
	refuses "bridge %s%n%x does not exist!" show %s%n%x
	refuses "interface %n does not exist!" addif lo %n
	gives 1 "$(usage_text)" "never heard of command [%s%n]
$HELP" %s%n
}
