# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The machine of tutorial 2, "bringing VLANs to the guests", before the first
# command: a network card on a trunk, and two guests.
#
#	switch (untagged, and VLANs 1, 5, 8)     guest1    guest2
#	 eth0                                     eth0      eth0
#	  |                                        |         |
#	 eth0                                    vNIC1     vNIC2

lab2_machine()
{
	needs bridge veth 8021q
	no_ipv6
	nic eth0 00:16:3e:00:00:10 switch
	guest guest1 vNIC1 52:54:00:00:00:01
	guest guest2 vNIC2 52:54:00:00:00:02
}

# The tutorial uses ifconfig, which may not be installed.
ifconfig()
{
	ip link set dev "$1" "$2"
}

# The tutorial calls this simple bridging.
lab2_bridge()
{
	brctl addbr br0
	brctl addif br0 eth0
	brctl addif br0 vNIC1
	brctl addif br0 vNIC2
	ifconfig br0 up
	forwarding eth0 vNIC1 vNIC2
}

# from SENDER "WORD..." DEVICE...: SENDER sends a frame with WORD...  Prints on
# which of the devices the frame leaves the host, and its tags: "vNIC1 vlan 5",
# or "vNIC1" for an untagged frame.
from()
{
	local sender=$1 words=$2

	shift 2
	# shellcheck disable=SC2086 # words
	frame capture -i out -t 0x88b5 "$@" -- \
		ip netns exec "$sender" "$FRAME" send $words eth0 |
		sed -E 's/ out [0-9a-f:]+ > [0-9a-f:]+//; s/ type .*//' | sort
}

to_guests()
{
	from switch "$1" vNIC1 vNIC2
}

# seen_by GUEST SENDER "WORD...": the same for the frame that arrives in a
# guest.
seen_by()
{
	local name=$1 sender=$2 words=$3

	# shellcheck disable=SC2086 # words
	in_guest "$name" "$FRAME" capture -i in -t 0x88b5 eth0 -- \
		ip netns exec "$sender" "$FRAME" send $words eth0 |
		sed -E 's/ in [0-9a-f:]+ > [0-9a-f:]+//; s/ type .*//'
}

# has_vlan GUEST VID ADDRESS: creates a VLAN device in a guest.
has_vlan()
{
	in_guest "$1" "$VCONFIG" add eth0 "$2" > /dev/null &&
	ip -n "$1" address add "$3/24" dev "eth0.$2" &&
	ip -n "$1" link set dev "eth0.$2" up
}

reaches()
{
	in_guest "$1" ping -n -q -c 1 -W 1 "$2"
}

# Prints the VLANs in /proc/net/vlan/config, without the spaces.
vlan_config()
{
	tail -n +3 /proc/net/vlan/config | tr -s ' '
}
