# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Compares byte by byte what brctl prints on which stream; also its exit
# status, and the state of the kernel afterwards. vconfig.bash does the same
# for vconfig.

tool=brctl
program=$BRCTL

CAP="brctl: this needs the capability CAP_NET_ADMIN (root, or root of the\
 network namespace)"
INERT="brctl: VLANs have no effect while vlan_filtering is off: brctl set br0\
 vlan_filtering=on"

HELP="brctl: for help: brctl help"

# gives STATUS STDOUT STDERR WORD...: checks the exit status and the output of
# the tool with the arguments WORD.... A newline is appended to each expected
# text that is not empty.
gives()
{
	local want=$1 out=$2 err=$3 got=0

	shift 3
	quiet "$@" || got=$?
	if [ "$got" -ne "$want" ]; then
		echo "$tool $*: exit status $got, not $want"
		cat "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err"
		return 1
	fi
	same_text stdout "$out" "$BATS_TEST_TMPDIR/out" "$*" &&
	same_text stderr "$err" "$BATS_TEST_TMPDIR/err" "$*"
}

# Runs the tool under its short name, because some messages have its name. The
# output goes to the files out and err.
quiet()
{
	(exec -a "$tool" "$program" "$@") \
		> "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err"
}

# Starts no process, which is slow in User-Mode Linux. The text has no NUL, so
# read returns false at the end of the file.
same_text()
{
	local what=$1 want=$2 file=$3 words=$4 got

	[ -z "$want" ] || want+=$'\n'
	IFS= read -r -d '' got < "$file" || [ "$got" != "$want" ] || return 0
	echo "$tool $words: $what:"
	cat -A "$file"
	echo "expected:"
	printf '%s' "$want" | cat -A
	return 1
}

# works WORD...: checks for exit status 0 and no output.
works()
{
	gives 0 "" "" "$@"
}

# refuses STDERR WORD...: checks for exit status 1 and exactly these lines on
# stderr.
refuses()
{
	local err=$1

	shift
	gives 1 "" "$err" "$@"
}

# explains CLASSIC LINE WORD...: checks for exit status 1, the classic line,
# and a line of our own that gives the reason.
explains()
{
	refuses "$1"$'\n'"$tool: $2" "${@:3}"
}

# denies STDERR WORD...: as refuses, and checks that nothing has changed.
denies()
{
	local before

	before=$(state)
	refuses "$@" || return 1
	[ "$(state)" = "$before" ] && return 0
	echo "$tool ${*:2}: something has changed"
	diff <(echo "$before") <(state)
	return 1
}

# poor WORD...: runs the tool without CAP_NET_ADMIN.
poor()
{
	setpriv --bounding-set=-net_admin --inh-caps=-net_admin \
		"$program" "$@" \
		> "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err"
}

# in_empty COMMAND...: runs the command with empty /proc and /sys.
in_empty()
{
	unshare -m sh -c 'mount -t tmpfs none /proc && mount -t tmpfs none /sys &&
		exec "$@"' sh "$@"
}

# devices_come_and_go: adds a port to br0 and deletes it, again and again, until
# the end of the test.
devices_come_and_go()
{
	(
		while :; do
			ip link add x type veth peer name y
			ip link set x master br0
			ip link del x
		done
	) > /dev/null 2>&1 3>&- &
	child_pids+=($!)
}

# powerless STDERR WORD...: as refuses, but without CAP_NET_ADMIN.
powerless()
{
	local err=$1 got=0

	shift
	poor "$@" || got=$?
	[ "$got" -eq 1 ] || echo "exit status $got, not 1"
	same_text stdout "" "$BATS_TEST_TMPDIR/out" "$*" &&
	same_text stderr "$err" "$BATS_TEST_TMPDIR/err" "$*" &&
	[ "$got" -eq 1 ]
}

# one_word_off USAGE WORD...: checks for exit status 1 and the command's usage
# on stdout, as for a wrong number of arguments.
one_word_off()
{
	local usage=$1

	shift
	gives 1 "Incorrect number of arguments for command
Usage: $tool $usage" "" "$@"
}

# same WHAT BRIDGE COUNT: checks that our JSON and that of bridge(8) agree on
# vlans, counters, tunnels, fdb or mdb, and have COUNT rows.
same()
{
	"$PYTHON" -I "$tests_dir/func/same.py" "$@"
}

# helps WORD...: checks that the tool prints the classic usage, then the new
# commands.
helps()
{
	quiet "$@" || return 1
	same_text stderr "" "$BATS_TEST_TMPDIR/err" "$*" || return 1
	cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/all"
	sed '/^$/,$d' "$BATS_TEST_TMPDIR/all" > "$BATS_TEST_TMPDIR/out"
	same_text stdout "$(usage_text)" "$BATS_TEST_TMPDIR/out" "$*" &&
	grep -q "^new commands:$" "$BATS_TEST_TMPDIR/all"
}

# is FILE VALUE: checks a file of a device in sysfs, for example br0/mtu 1500.
is()
{
	local value=

	exists "$1" || return 1
	# The file of an option without a value is empty.
	read -r value < "/sys/class/net/$1" || :
	[ "$value" = "$2" ] && return 0
	echo "$1 is $value, not $2"
	return 1
}

exists()
{
	[ -e "/sys/class/net/$1" ] || {
		echo "there is no $1"
		return 1
	}
}

missing()
{
	[ ! -e "/sys/class/net/$1" ] || {
		echo "there is a $1"
		return 1
	}
}

# in_bridge BRIDGE PORT...: checks that the bridge has exactly these ports, in
# any order.
in_bridge()
{
	local bridge=$1 got want

	shift
	got=$(ls "/sys/class/net/$bridge/brif")
	want=$([ $# -eq 0 ] || printf '%s\n' "$@" | sort)
	[ "$got" = "$want" ] && return 0
	echo "$bridge has" $got "and not" "$@"
	return 1
}

# pair A B [MAC]: creates a veth pair; both devices are down.
pair()
{
	ip link add name "$1" ${3:+address "$3"} type veth peer name "$2"
}

# state: prints the state of all links, to check that nothing has changed.
# Timers are left out, and the carrier, which the kernel notices up to a second
# after a device goes up.
state()
{
	ip -d link show | sed -E 's/_timer *[0-9.]*/_timer/g
		/^[0-9]+: / { s/NO-CARRIER,//; s/,LOWER_UP//
			s/ state [A-Z]+ / / }'
}

usage_text()
{
	cat <<-'END'
	Usage: brctl [commands]
	commands:
	END
	printf '\t%s\n' \
		$'addbr     \t<bridge>\t\tadd bridge' \
		$'delbr     \t<bridge>\t\tdelete bridge' \
		$'addif     \t<bridge> <device>\tadd interface to bridge' \
		$'delif     \t<bridge> <device>\tdelete interface from bridge' \
		$'hairpin   \t<bridge> <port> {on|off}\tturn hairpin on/off' \
		$'setageing \t<bridge> <time>\t\tset ageing time' \
		$'setbridgeprio\t<bridge> <prio>\t\tset bridge priority' \
		$'setfd     \t<bridge> <time>\t\tset bridge forward delay' \
		$'sethello  \t<bridge> <time>\t\tset hello time' \
		$'setmaxage \t<bridge> <time>\t\tset max message age' \
		$'setpathcost\t<bridge> <port> <cost>\tset path cost' \
		$'setportprio\t<bridge> <port> <prio>\tset port priority' \
		$'show      \t[ <bridge> ]\t\tshow a list of bridges' \
		$'showmacs  \t<bridge>\t\tshow a list of mac addrs' \
		$'showstp   \t<bridge>\t\tshow bridge stp info' \
		$'stp       \t<bridge> {on|off}\tturn stp on/off'
}

HEADER=$'bridge name\tbridge id\t\tSTP enabled\tinterfaces'
MACS_HEADER=$'port no\tmac addr\t\tis local?\tageing timer'
