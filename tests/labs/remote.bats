#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A session over the only network card: it survives adopt; a change cuts it off,
# and it works again when the change is undone because nobody has confirmed it.

load ../common.bash
load remote.bash

setup()
{
	remote_login "$BATS_TEST_TMPDIR"
}

teardown()
{
	remote_logout
	clean_environment
}

# cut_off WORD...: a change that is undone after 3 seconds.
cut_off()
{
	remote_type brctl --confirm 3 "$@"
	poll 60 is_cut_off
	poll 60 pings
	remote_lives 60
}

pings()
{
	ip netns exec outside ping -q -c 1 -W 1 "$MACHINE" > /dev/null
}

is_cut_off()
{
	! pings
}

@test "a port is taken away, and comes back" {
	remote_type brctl adopt br0 eth0
	remote_lives 60
	[ -e /sys/class/net/br0 ]
	cut_off delif br0 eth0
	grep -q br0 <(readlink /sys/class/net/eth0/master)
	remote_type brctl release br0 eth0
	remote_lives 60
	[ ! -e /sys/class/net/br0 ]
}

@test "a wrong VLAN, and the way back" {
	needs vlan_filtering
	remote_type brctl adopt br0 eth0
	remote_type brctl set br0 vlan_filtering=on
	remote_lives 60
	cut_off delvlan br0 eth0 1
}

@test "a card with a tag that the switch does not expect, and the way back" {
	needs vlan_filtering
	needs 8021q
	cut_off adopt br0 eth0 vlan 10 tagged
	[ ! -e /sys/class/net/br0 ]
}
