#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check: rules about the state of bridges and ports, and about loops.
#
# environment: ns

load ../common.bash
load check.bash

@test "bridge-down: no port forwards" {
	sane_bridge
	ip link set br0 down
	arrives 0 w1 w0
	finds_and_mends 1 'warning bridge-down: bridge "br0" is down, although'\
' some of its ports are up
	no frame passes from port to port
	$ brctl link br0 up'
	forwarding v0 v1
	arrives 1 w1 w0
}

@test "port-down" {
	sane_bridge
	ip link set v1 down
	arrives 0 w1 w0
	finds_and_mends 1 'warning port-down: bridge "br0": port "v1" is down
	no frame passes through this port
	$ brctl link v1 up'
	forwarding v1
	arrives 1 w1 w0
}

# A payload that fits into an MTU of 1500, but not into 1400; and one of 1800.
printf -v large '%*s' 1450 ''
printf -v larger '%*s' 1800 ''

@test "mtu-mismatch: a port that is smaller" {
	sane_bridge
	ip link set v1 mtu 1400
	ip link set br0 mtu 1500
	arrives 1 w1 w0
	arrives 0 w1 -p "$large" w0
	finds_and_mends 1 'warning mtu-mismatch: bridge "br0": port "v1" has MTU'\
' 1400, the bridge 1500
	larger frames to this port are dropped silently
	$ brctl link v1 mtu 1500'
	arrives 1 w1 -p "$large" w0
}

@test "mtu-mismatch: one that is larger than most, and the bridge" {
	sane_bridge
	third_port
	ip -batch - <<-END
	link set w2 mtu 9000
	link set v2 mtu 9000
	link set br0 mtu 2000
	END
	arrives 0 w1 -p "$larger" w2
	arrives 0 w1 -p "$larger" br0
	finds_and_mends 1 'warning mtu-mismatch: bridge "br0": port "v2" has MTU'\
' 9000, other ports 1500
	larger frames from this port to others are dropped silently
	$ brctl link v2 mtu 1500
warning mtu-mismatch: bridge "br0" has MTU 2000, its ports 1500
	larger frames of the host are dropped silently
	$ brctl link br0 mtu 1500'
	# Now the host knows that such a frame is too large.
	run -2 frame send -p "$larger" br0
	[[ $output = *"Message too long"* ]]
}

# knows PORT DEVICE: the switch has learned the address of the device there.
knows()
{
	bridge -n away fdb show dev "$1" | grep -q "^$(mac_of "$2") .*master switch"
}

tells_its_port()
{
	frame send -t 0x88cc -d 01:80:c2:00:00:0e "$2"
	poll 5 knows "$1" "$2"
}

@test "same-mac" {
	local index port

	sane_bridge
	ip link set v1 address 02:00:00:00:00:20
	# A switch that is connected to both ports receives the frames of each
	# port, such as those of LLDP. It forwards nothing, because there is a
	# loop.
	ip netns add away
	no_ipv6 away
	ip -n away link add switch type bridge
	for port in w0 w1; do
		ip link set "$port" netns away
		ip -n away link set "$port" master switch
		ip -n away link set "$port" type bridge_slave isolated on
		ip -n away link set "$port" up
	done
	ip -n away link set switch up
	poll 10 port_forwards w0 away
	poll 10 port_forwards w1 away
	tells_its_port w0 v0
	tells_its_port w1 v1
	run ! knows w0 v0
	read -r index < /sys/class/net/v1/ifindex
	finds_and_mends 1 'warning same-mac: bridge "br0": ports "v0" and "v1" have'\
' the same MAC address 02:00:00:00:00:20
	switches and the bridge cannot tell them apart, and frames are lost
	$ brctl link v1 address 02:00:00:'"$(printf %02x:%02x:%02x \
		$((index >> 16)) $((index >> 8 & 255)) $((index & 255)))"
	tells_its_port w0 v0
	tells_its_port w1 v1
	knows w0 v0
}

@test "not-forwarding" {
	sane_bridge
	works setport br0 v1 state=disabled
	arrives 0 w1 w0
	finds_and_mends 1 'warning not-forwarding: bridge "br0": port "v1" does not'\
' forward, although STP is off
	somebody set its state, and nothing sets it back
	$ brctl setport br0 v1 state=forwarding'
	arrives 1 w1 w0
}

@test "stp-wait: a remark that says when, and nothing once all forward" {
	sane_bridge
	works set br0 forward_delay=30
	works stp br0 on
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add 10.0.0.1/24 dev br0
	route add default via 10.0.0.9
	END
	silent
	ip link set v1 down
	ip link set v1 up
	poll 10 is v1/brport/state 1
	quiet check
	grep -qE '^remark stp-wait: bridge "br0": STP lets port "v1" forward in (60|5[0-9]) s$' \
		"$BATS_TEST_TMPDIR/out"
	cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/found"
	arrives 0 w1 w0
	mends
	poll 10 silent
	arrives 1 w1 w0
	# While all ports wait, the bridge has no carrier.
	works stp br0 on
	ip -batch - <<-END
	link set v0 down
	link set v1 down
	link set v0 up
	link set v1 up
	END
	poll 10 is br0/carrier 0
	poll 10 is v0/brport/state 1
	finds_of no-carrier 0 ""
}

# joined: br0 and br1, with the pairs a0-b0 and a1-b1 between them.
joined()
{
	ip -batch - <<-END
	link add br0 type bridge
	link add br1 type bridge
	link add a0 type veth peer name b0
	link add a1 type veth peer name b1
	link set a0 master br0
	link set a1 master br0
	link set b0 master br1
	link set b1 master br1
	END
	no_ipv6
}

@test "joined-twice, which STP makes harmless" {
	joined
	ip -batch - <<-END
	link set a0 up
	link set a1 up
	link set b0 up
	link set b1 up
	link set br0 up
	link set br1 up
	END
	forwarding a0 a1 b0 b1
	# A frame goes round.
	frame send br0
	poll 5 goes_round a0
	finds_of joined-twice 1 'error joined-twice: bridge "br0": port "a1" joins bridge "br1" once more
	a broadcast goes round for ever and takes the whole network down
	$ brctl delif br0 a1
error joined-twice: bridge "br1": port "b1" joins bridge "br0" once more
	a broadcast goes round for ever and takes the whole network down
	$ brctl delif br1 b1'
	mends
	poll 10 silent
	arrives 1 b0 br0
	works stp br0 on
	works addif br0 a1
	works addif br1 b1
	quiet check
	run ! grep joined-twice "$BATS_TEST_TMPDIR/out"
}

@test "joined-twice: a pair within one bridge" {
	sane_bridge
	ip link set w1 master br0
	forwarding v1 w1
	frame send w0
	poll 5 goes_round v1
	finds_of joined-twice 1 'error joined-twice: bridge "br0": both ends of the pair of port "w1"'\
' are ports of it
	a broadcast goes round for ever and takes the whole network down
	$ brctl delif br0 w1'
	mends
	silent
	arrives 1 w1 w0
}
