#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Names with control characters, and non-ASCII names.
#
# environment: ns

load ../common.bash
load exact.bash

RED=$'a\e[31m'

# no_escape WORD...: checks that the output of brctl WORD... has no control
# characters except tab and newline.
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

@test "no command prints a raw control character of any argument" {
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

@test "a new bridge cannot have a control character in its name" {
	refuses 'brctl: cannot add bridge "a\033[31m": a device name must not contain'\
' control characters' addbr "$RED"
	refuses 'brctl: cannot add bridge "a\177": a device name must not contain'\
' control characters' addbr $'a\177'
	[ "$(ip -o link show | wc -l)" -eq 1 ]
}

@test "an existing bridge with such a name can be used and deleted" {
	ip link add "$RED" type bridge
	works setfd "$RED" 5
	works stp "$RED" on
	works delbr "$RED"
	[ "$(ip -o link show | wc -l)" -eq 1 ]
}

@test "names in UTF-8 are printed unchanged" {
	works addbr brücke
	works addbr 橋
	gives 0 "$HEADER
brücke		8000.000000000000	no		
橋		8000.000000000000	no		" "" show
	refuses "bridge größe does not exist!" show größe
}

@test "C1 control characters, raw or in UTF-8, are escaped" {
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

@test "a name that is not valid UTF-8 is escaped" {
	ip link add $'a\xffb' type bridge
	gives 0 "$HEADER
a\\377b		8000.000000000000	no		" "" show
}

@test "a name with slashes is not used as a path in sysfs" {
	ip link add br0 type bridge
	explains "set forward delay failed: No such device" \
		'there is no device "../net/br0"' setfd ../net/br0 7
	refuses "bridge ./br0 does not exist!" show ./br0
	refuses "bridge br0/ does not exist!" showstp br0/
	is br0/bridge/forward_delay 1500
}

@test "a percent sign is not used as a format" {
	refuses "bridge %s%n%x does not exist!" show %s%n%x
	refuses "interface %n does not exist!" addif lo %n
	gives 1 "$(usage_text)" "never heard of command [%s%n]
$HELP" %s%n
}

ALTNAME=the-bridge-of-the-office

@test "--resolve prints the name of a device for any of its names" {
	local name long

	printf -v long 'a%0126d' 0
	ip link add br0 type bridge
	ip link property add dev br0 altname lan altname $ALTNAME altname "$long"
	for name in br0 lan $ALTNAME "$long"; do
		gives 0 br0 "" --resolve "$name"
	done
	gives 0 br0 "" lan --resolve
	gives 0 br0 "" --resolve -- lan
}

@test "--resolve prints one line on stderr if there is no such device" {
	local name long

	printf -v long '%0128d' 0
	for name in nope $ALTNAME "$long" "" /br0 $'a\e[31m'; do
		quiet --resolve "$name" && return 1
		[ ! -s "$BATS_TEST_TMPDIR/out" ]
		[ "$(wc -l < "$BATS_TEST_TMPDIR/err")" -eq 1 ]
	done
	refuses "brctl: cannot find device \"$ALTNAME\": No such device" \
		--resolve $ALTNAME
	refuses 'brctl: cannot find device "a\033[31m": No such device' \
		--resolve $'a\e[31m'
}

@test "--resolve accepts one name and no options of commands" {
	refuses "brctl: usage: brctl --resolve <device>" --resolve
	refuses "brctl: usage: brctl --resolve <device>" --resolve lo lo
	refuses "brctl: --resolve: option --json is not supported" -j --resolve lo
	refuses "brctl: --resolve: option --dry-run is not supported" --dry-run --resolve lo
}

@test "--resolve accepts names that look like options, and -n" {
	ip link add name -n type bridge
	ip netns add blue
	ip -n blue link add inside type bridge
	ip -n blue link property add dev inside altname $ALTNAME
	gives 0 -n "" --resolve -- -n
	gives 0 inside "" -n blue --resolve $ALTNAME
	gives 0 inside "" --resolve --netns=blue -- $ALTNAME
	refuses "brctl: cannot find device \"inside\": No such device" \
		--resolve inside
}

@test "--resolve prints the exact bytes, except on a terminal" {
	ip link add "$RED" type bridge
	ip link property add dev "$RED" altname red
	[ "$(brctl --resolve red)" = "$RED" ]
	run -0 script -qec "'$BRCTL' --resolve red" /dev/null
	[ "${output%$'\r'}" = 'a\033[31m' ]
}

@test "--resolve needs neither /proc nor /sys" {
	ip link add br0 type bridge
	ip link property add dev br0 altname $ALTNAME
	[ "$(unshare -m sh -c 'mount -t tmpfs none /proc &&
		mount -t tmpfs none /sys && "$0" --resolve '$ALTNAME \
		"$BRCTL")" = br0 ]
}

@test "every classic command accepts a long alternative name" {
	local br=$ALTNAME port=the-port-of-the-office

	ip link add br0 type bridge
	pair v0 w0
	ip link property add dev br0 altname $br
	ip link property add dev v0 altname $port
	works addif $br $port
	works setfd $br 7
	works setageing $br 70
	works setbridgeprio $br 7
	works stp $br on
	works setpathcost $br $port 70
	works setportprio $br $port 7
	works hairpin $br $port on
	is br0/bridge/forward_delay 700
	is br0/bridge/ageing_time 7000
	is v0/brport/path_cost 70
	is v0/brport/hairpin_mode 1
	quiet showmacs $br
	quiet showstp $br
	works delif $br $port
	works delbr $br
	missing br0
}

@test "an unknown long name gets the classic error" {
	local name=no-device-of-this-name

	ip link add br0 type bridge
	refuses "bridge $name doesn't exist; can't delete it" delbr $name
	refuses "interface $name does not exist!" addif br0 $name
	refuses "bridge $name does not exist!" addif $name lo
	refuses "set forward delay failed: No such device
brctl: there is no device \"$name\"" setfd $name 7
	refuses "bridge $name does not exist!" show $name
}
