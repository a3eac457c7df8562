# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Compares byte by byte what vconfig prints, as exact.bash does for brctl, and
# reads the VLAN devices of the kernel.

. "${BASH_SOURCE[0]%/*}/exact.bash"

tool=vconfig
program=$VCONFIG

ETH0_MAC=02:00:00:00:00:10
CONFIG=/proc/net/vlan/config
NO_CONFIG="WARNING:  Could not open $CONFIG.  Maybe you need to load the 8021q\
 module, or maybe you are not using PROCFS??"
SHOW_HEADER=$'VLAN device\tVID\ton\tprotocol\tflags and maps'

# vlan_parent: creates the veth pair eth0 and far; both are down.
vlan_parent()
{
	needs 8021q veth
	pair eth0 far $ETH0_MAC
}

# added PARENT VID...: prints the expected output of add.
added()
{
	local parent=$1 vid

	shift
	for vid in "$@"; do
		printf 'Added VLAN with VID == %s to IF -:%s:-\n' "$vid" \
			"$parent"
	done
}

# adds PARENT VID [WORD...]: checks that add succeeds and prints one line.
adds()
{
	gives 0 "$(added "$1" "$2")" "" add "$@"
}

# devices: prints all devices and the VLAN table. Starts no process, which is
# slow in User-Mode Linux.
devices()
{
	local name rest

	while IFS=': ' read -r name rest; do
		echo "$name"
	done < /proc/net/dev
	[ ! -r $CONFIG ] || echo "$(< $CONFIG)"
}

# answers STATUS PATTERN WORD...: checks the exit status, that nothing is on
# stdout, that the first line of stderr matches PATTERN, and at most one line
# of our own follows; and that no device was added or removed.
answers()
{
	local want=$1 pattern=$2 got=0 before err

	shift 2
	before=$(devices)
	quiet "$@" || got=$?
	mapfile -t err < "$BATS_TEST_TMPDIR/err"
	# shellcheck disable=SC2053 # a pattern
	[[ $got -eq $want && ! -s $BATS_TEST_TMPDIR/out &&
	   ${err[0]-} == $pattern &&
	   ( ${#err[@]} -eq 1 ||
	     ${#err[@]} -eq 2 && ${err[1]} == "vconfig: "?* ) &&
	   $(devices) == "$before" ]] && return 0
	echo "vconfig $*: exit status $got; not $want with $pattern:"
	cat -A "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err"
	diff <(echo "$before") <(devices)
	return 1
}

# add_fails ERROR PARENT VIDS [WORD...]: checks that add fails with the classic
# error.
add_fails()
{
	local error=$1 pattern

	shift
	printf -v pattern %q \
		"ERROR: trying to add VLAN #$2 to IF -:$1:-  error: $error"
	answers 3 "$pattern" add "$@"
}

# turned_down TEXT WORD...: checks for exit status 1 and a line of our own that
# contains TEXT: an error that the old vconfig does not have.
turned_down()
{
	local pattern

	printf -v pattern %q "$1"
	shift
	answers 1 "vconfig: *$pattern*" "$@"
}

# vlans [PARENT]: prints the number of VLAN devices in /proc/net/vlan/config.
vlans()
{
	tail -n +3 $CONFIG | awk -F ' *\\| ' -v parent="${1:-}" \
		'parent == "" || $3 == parent { n++ } END { print n + 0 }'
}

# listed DEVICE VID PARENT: checks for this VLAN device in
# /proc/net/vlan/config.
listed()
{
	awk -F ' *\\| ' -v device="$1" -v vid="$2" -v parent="$3" \
		'$1 == device && $2 == vid && $3 == parent { found = 1 }
		END { exit !found }' $CONFIG && return 0
	echo "not in $CONFIG: $*"
	cat $CONFIG
	return 1
}

# of_vlan DEVICE LINE: checks that /proc/net/vlan/DEVICE has this line; the
# number of blanks is ignored.
of_vlan()
{
	tr -s ' \t' ' ' < "/proc/net/vlan/$1" | sed 's/^ //; s/ $//' |
		grep -qxF -e "$2" && return 0
	echo "not in /proc/net/vlan/$1: $2"
	cat "/proc/net/vlan/$1"
	return 1
}

# flags_of DEVICE: prints the flags as ip names them, for example
# ["REORDER_HDR"], or nothing if there are none.
flags_of()
{
	ip -j -d link show dev "$1" |
		sed -n 's/.*"info_kind":"vlan".*"flags":\(\[[^]]*\]\).*/\1/p'
}

# naming: prints the kernel's name type for VLAN devices.
naming()
{
	sed -n 's/^Name-Type: *//p' $CONFIG
}
