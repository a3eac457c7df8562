# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# To the byte, as exact.bash has it for brctl: what vconfig prints, and what
# the kernel then has of VLAN devices.

. "${BASH_SOURCE[0]%/*}/exact.bash"

tool=vconfig
program=$VCONFIG

ETH0_MAC=02:00:00:00:00:10
CONFIG=/proc/net/vlan/config
SHOW_HEADER=$'VLAN device\tVID\ton\tprotocol\tflags and maps'

# vlan_place: eth0, down, with a cable to far.
vlan_place()
{
	needs 8021q veth
	pair eth0 far $ETH0_MAC
}

# added PARENT VID...: what add prints.
added()
{
	local parent=$1 vid

	shift
	for vid in "$@"; do
		printf 'Added VLAN with VID == %s to IF -:%s:-\n' "$vid" \
			"$parent"
	done
}

# adds PARENT VID [WORD...]: exit status 0, and one line.
adds()
{
	gives 0 "$(added "$1" "$2")" "" add "$@"
}

# add_fails ERROR PARENT VIDS [WORD...]: the classic answer, and a line of our
# own where the kernel had more to say; no device more than before.
add_fails()
{
	local error=$1 before

	shift
	before=$(state)
	answers 3 "ERROR: trying to add VLAN #$2 to IF -:$1:-  error: $error" \
		add "$@"
	[ "$(state)" = "$before" ] || {
		echo "vconfig add $*: the devices have changed"
		return 1
	}
}

# answers STATUS LINE WORD...: nothing on stdout; on stderr LINE, and one line
# of our own at most.
answers()
{
	local want=$1 line=$2 got=0
	local err=$BATS_TEST_TMPDIR/err

	shift 2
	quiet "$@" || got=$?
	[ "$got" -eq "$want" ] &&
	same_text stdout "" "$BATS_TEST_TMPDIR/out" "$*" &&
	[ "$(head -n 1 "$err")" = "$line" ] &&
	[ "$(wc -l < "$err")" -le 2 ] &&
	[ -z "$(tail -n +2 "$err" | grep -v '^vconfig: .')" ] && return 0
	echo "vconfig $*: exit status $got, and not $want with $line:"
	cat -A "$err"
	return 1
}

# turned_down TEXT WORD...: what vconfig itself refuses, for which the old one
# has no line: exit status 1, one line on stderr that has TEXT, and no change.
turned_down()
{
	local text=$1 err=$BATS_TEST_TMPDIR/err got=0 before

	shift
	before=$(state)
	quiet "$@" || got=$?
	[ "$got" -eq 1 ] &&
	same_text stdout "" "$BATS_TEST_TMPDIR/out" "$*" &&
	[ "$(wc -l < "$err")" -eq 1 ] &&
	grep -q '^vconfig: ' "$err" &&
	grep -qF -e "$text" "$err" &&
	[ "$(state)" = "$before" ] && return 0
	echo "vconfig $*: exit status $got, and not 1 with $text:"
	cat -A "$err"
	return 1
}

# vlans [PARENT]: how many there are, of /proc/net/vlan/config.
vlans()
{
	tail -n +3 $CONFIG | awk -F ' *\\| ' -v parent="${1:-}" \
		'parent == "" || $3 == parent { n++ } END { print n + 0 }'
}

# listed DEVICE VID PARENT: so the kernel has it in /proc/net/vlan/config.
listed()
{
	awk -F ' *\\| ' -v device="$1" -v vid="$2" -v parent="$3" \
		'$1 == device && $2 == vid && $3 == parent { found = 1 }
		END { exit !found }' $CONFIG && return 0
	echo "not in $CONFIG: $*"
	cat $CONFIG
	return 1
}

# of_vlan DEVICE LINE: /proc/net/vlan/DEVICE has the line, blanks aside.
of_vlan()
{
	tr -s ' \t' ' ' < "/proc/net/vlan/$1" | sed 's/^ //; s/ $//' |
		grep -qxF -e "$2" && return 0
	echo "not in /proc/net/vlan/$1: $2"
	cat "/proc/net/vlan/$1"
	return 1
}

# flags_of DEVICE: as ip names them, for example ["REORDER_HDR"]; nothing
# where it has none.
flags_of()
{
	ip -j -d link show dev "$1" |
		sed -n 's/.*"info_kind":"vlan".*"flags":\(\[[^]]*\]\).*/\1/p'
}

# naming: what the kernel says of how it names VLAN devices.
naming()
{
	sed -n 's/^Name-Type: *//p' $CONFIG
}
