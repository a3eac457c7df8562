# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A bridge that filters VLANs, and what bridge says of them. Few processes:
# only User-Mode Linux has such a bridge here, where each costs much.

. "${BASH_SOURCE[0]%/*}/exact.bash"

# vlan_bridge: br0 with the ports v0 and v1, in VLAN 1 as the kernel has it.
vlan_bridge()
{
	needs vlan_filtering veth
	ip -batch - <<-END
	link add br0 type bridge vlan_filtering 1 vlan_stats_enabled 1
	link add v0 address 02:00:00:00:00:20 type veth peer name w0
	link add v1 address 02:00:00:00:00:21 type veth peer name w1
	link set v0 master br0
	link set v1 master br0
	END
}

# vlans DEVICE: what bridge says, "1pu 10 20u": a p for the PVID, a u for
# untagged. It tells of each VLAN apart.
vlans()
{
	local name vid flags text=''

	while read -r name vid flags; do
		# The device's name stands before its first VLAN alone.
		case $name in
		port) continue ;;
		[0-9]*) flags="$vid $flags" vid=$name ;;
		esac
		case $flags in
		*PVID*Untagged*) vid+=pu ;;
		*PVID*) vid+=p ;;
		*Untagged*) vid+=u ;;
		esac
		text+=" $vid"
	done <<< "$(bridge vlan show dev "$1")"
	echo "${text# }"
}

# in_vlans DEVICE VLANS: exactly these, as vlans has them.
in_vlans()
{
	local got

	got=$(vlans "$1")
	[ "$got" = "$2" ] && return 0
	echo "$1 is in $got and not in $2"
	return 1
}

# full_vlan_bridge: br0 with all that VLANs of ports can have.
full_vlan_bridge()
{
	vlan_bridge &&
	ip link set v0 up &&
	works set br0 vlan_filtering=off &&
	works set br0 default_pvid=5 &&
	works set br0 vlan_filtering=on vlan_stats_per_port=off &&
	works set br0 mcast_vlan_snooping=on &&
	works delvlan br0 v1 5 &&
	works addvlan br0 v1 7 pvid untagged &&
	works addvlan br0 v1 10-20 &&
	works setport br0 v0 vlan_tunnel=on &&
	works addvlan br0 v0 100-102 tunnel 1000 &&
	works addvlan br0 br0 30 &&
	works setvlan br0 v1 10 state=blocking &&
	works setvlan br0 br0 10 mcast_querier=on &&
	works addmac br0 v1 02:00:00:00:00:99 vlan 7 static &&
	works addmac br0 v1 02:00:00:00:00:98 static &&
	works delmac br0 v1 02:00:00:00:00:98 vlan 7 &&
	works addvlan br0 v0 7 &&
	works addmac br0 v0 02:00:00:00:00:98 vlan 7 static
}
