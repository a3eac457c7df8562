#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Debian's ifupdown2 with our brctl, compared with our hooks on the same file.

load ../common.bash
load ifupdown.bash

setup()
{
	needs bridge veth vlan_filtering
	needs_ifupdown
	needs_jq
	ifupdown2=$(cd "$VB_BUILD" && pwd)/tests/ifupdown2
	[ -d "$ifupdown2" ] || skip "needs ifupdown2, which bootstrap unpacks"
	ifupdown_environment
	hooks ours
	machine
}

# The name by which this program is called selects the command: ifup, ifdown or
# ifquery.
ifupdown2()
{
	local command=$1

	shift
	mkdir -p /run/tmp/ifupdown2
	ln -sf "$ifupdown2/usr/share/ifupdown2/ifupdown2" \
		"/run/tmp/ifupdown2/$command"
	mkdir -p $etc_dir/ours/ifupdown2
	cp -r "$ifupdown2"/etc/network/ifupdown2/. $etc_dir/ours/ifupdown2/
	PYTHONDONTWRITEBYTECODE=1 "$PYTHON" "/run/tmp/ifupdown2/$command" "$@"
}

aware_file()
{
	interfaces <<-END
		auto br0
		iface br0 inet manual
		    bridge-ports eth0 eth1 eth2
		    bridge-vlan-aware yes
		    bridge-vids 10 20-22
		    bridge-pvid 2
		    bridge-stp yes
		    bridge-ageing 20
		    bridge-maxwait 0
		iface eth1 inet manual
		    bridge-access 7
		iface eth2 inet manual
		    bridge-vids 4-6
		    bridge-pvid 3
	END
}

# ifupdown2 calls brctl for options that have no netlink attribute.
@test "ifupdown2 creates a VLAN-aware bridge, and our brctl shows it" {
	aware_file
	run -0 ifupdown2 ifup br0
	[ "$output" = "" ]
	run -0 brctl show br0
	[ "$(awk '{ print $NF }' <<< "$output" | xargs)" = \
		"interfaces eth0 eth1 eth2" ]
	run -0 brctl get br0 vlan_filtering ageing_time stp_state
	[ "$output" = $'vlan_filtering=on\nageing_time=20.00\nstp_state=1' ]
	run -0 brctl -j showvlans br0
	[ "$(jq -c '.[] | [.port // "br0", (.vlans[] |
		[.first, .last, .pvid, .untagged])]' <<< "$output")" = \
'["br0",[1,1,true,true]]
["eth0",[2,2,true,true],[10,10,false,false],[20,22,false,false]]
["eth1",[7,7,true,true]]
["eth2",[3,3,true,true],[4,6,false,false]]' ]
	run -0 ifupdown2 ifquery --check br0
	run -0 ifupdown2 ifdown br0
	[ ! -e /sys/class/net/br0 ]
}

# ifupdown2 ignores hooks that have the names of those of bridge-utils and vlan.
@test "our hooks put ports into the same VLANs as ifupdown2" {
	aware_file
	ifupdown2 ifup br0
	bridge -j vlan show | jq -S . > /run/tmp/theirs
	ifupdown2 ifdown br0
	[ ! -e /sys/class/net/br0 ]
	ifup br0
	bridge -j vlan show | jq -S . > /run/tmp/ours
	diff -u /run/tmp/theirs /run/tmp/ours
	[ "$(jq length /run/tmp/ours)" -eq 4 ]
}
