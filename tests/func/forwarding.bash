# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A bridge whose ports forward, for the suites that follow frames through it.

# forwarding_bridge PORT...: creates br0 with these ports, whose veth peers are
# far-PORT. No device sends frames by itself, so the bridge learns nothing.
forwarding_bridge()
{
	local port

	no_ipv6
	ip link add br0 type bridge mcast_snooping 0
	for port in "$@"; do
		veth "$port" "far-$port"
		ip link set "$port" master br0
	done
	ip link set br0 up
	forwarding "$@"
}

# port_comes_and_goes: vb leaves br0 and returns 40 times, in the background.
port_comes_and_goes()
{
	local i

	for i in {1..40}; do
		ip link set vb nomaster
		ip link set vb master br0
	done &
}
