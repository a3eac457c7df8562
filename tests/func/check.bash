# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Helpers for the tests of check: they create bridges without faults, and
# compare findings.

. "${BASH_SOURCE[0]%/*}/vlans.bash"

setup()
{
	no_ipv6
	# Avoids remarks about the firewall, which check-firewall.bats tests.
	for file in /proc/sys/net/bridge/bridge-nf-call-*; do
		[ ! -e "$file" ] || echo 0 > "$file"
	done
}

# sane_bridge: creates br0 with the ports v0 and v1, all up and forwarding.
sane_bridge()
{
	ip -batch - <<-END
	link add br0 type bridge
	link add v0 address 02:00:00:00:00:20 type veth peer name w0
	link add v1 address 02:00:00:00:00:21 type veth peer name w1
	link set v0 master br0
	link set v1 master br0
	link set w0 up
	link set w1 up
	link set v0 up
	link set v1 up
	link set br0 up
	END
	poll 10 port_forwards v0
	poll 10 port_forwards v1
}

# third_port: v2 of br0, the pair of w2.
third_port()
{
	pair v2 w2 02:00:00:00:00:22
	ip -batch - <<-END
	link set w2 up
	link set v2 up
	link set v2 master br0
	END
	poll 10 port_forwards v2
}

# uplink: adds the port up0 to br0, which leads to the network, not to a guest.
uplink()
{
	ip link add up0 address 02:00:00:00:00:99 type dummy 2> /dev/null ||
		ip link add up0 address 02:00:00:00:00:99 type ifb ||
		skip "needs dummy or ifb"
	ip link set up0 up
	ip link set up0 master br0
}

# passes in|out [-v TAG] COUNT DEVICE WORD...: runs frame send WORD..., and
# checks that COUNT of its frames come in or go out at DEVICE, with this tag
# ("none": untagged).
passes()
{
	local direction=$1 count device
	local -a tag=()

	shift
	if [ "$1" = -v ]; then
		tag=(-v "$2")
		shift 2
	fi
	count=$1 device=$2
	shift 2
	run -0 --separate-stderr frame capture -c -i "$direction" -t 0x88b5 \
		"${tag[@]}" -q 60 "$device" -- "$FRAME" send "$@"
	[ "$output" = "$device $count" ] || { echo "$output"; return 1; }
}

arrives()
{
	passes in "$@"
}

leaves()
{
	passes out "$@"
}

# goes_round PORT: checks that the frame that was sent circulates in a loop.
goes_round()
{
	local count

	read -r count < "/sys/class/net/$1/statistics/rx_packets"
	[ "$count" -gt 1000 ]
}

# finds STATUS TEXT: checks the exit status and the output of check.
finds()
{
	gives "$1" "$2" "" check
	cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/found"
}

# finds_of RULE STATUS TEXT: the same, but ignores findings of other rules.
finds_of()
{
	local rc=0

	quiet check || rc=$?
	[ $rc -eq "$2" ]
	awk -v rule="$1:" '/^[a-z]/ { is_wanted = $2 == rule } is_wanted' \
		"$BATS_TEST_TMPDIR/out" > "$BATS_TEST_TMPDIR/found"
	same_text "findings of $1" "$3" "$BATS_TEST_TMPDIR/found" check
}

# mends: runs the commands that the findings suggest, one after the other.
mends()
{
	sed -n 's/^\t\$ brctl /"$BRCTL" /p; s/^\t\$ vconfig /"$VCONFIG" /p
		s/^\t\$ ip /ip /p' "$BATS_TEST_TMPDIR/found" > \
		"$BATS_TEST_TMPDIR/mend"
	[ -s "$BATS_TEST_TMPDIR/mend" ]
	BRCTL=$BRCTL VCONFIG=$VCONFIG sh -e "$BATS_TEST_TMPDIR/mend" > /dev/null
}

# finds_and_mends STATUS TEXT: as finds, runs the suggested commands, and
# checks that no finding is left.
finds_and_mends()
{
	finds "$@"
	mends
	silent
}

silent()
{
	gives 0 "" "" check
}

# filters: as sane_bridge, with VLAN filtering.
filters()
{
	sane_bridge
	ip link set br0 type bridge vlan_filtering 1
}
