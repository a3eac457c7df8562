# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A bridge that filters VLANs, and its VLANs as bridge(8) shows them. Starts
# few processes: such a bridge often exists only in User-Mode Linux, where
# starting a process is slow.

. "${BASH_SOURCE[0]%/*}/exact.bash"

# vlan_bridge: creates br0 with the ports v0 and v1, which are in VLAN 1 by
# default.
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

# vlans DEVICE: prints the VLANs as "1pu 10 20u": p means PVID, u means
# untagged. Each VLAN is printed separately.
vlans()
{
	local name vid flags text=''

	while read -r name vid flags; do
		# Only the line of the first VLAN has the device's name.
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

# in_vlans DEVICE VLANS: checks for exactly these VLANs, in the format of
# vlans.
in_vlans()
{
	local got

	got=$(vlans "$1")
	[ "$got" = "$2" ] && return 0
	echo "$1 is in $got and not in $2"
	return 1
}

# old_vlans WORD...: prints the rows of brctl WORD... without the options of VLANs
# that Linux 6.3 and later have. Which of them there are depends on the
# kernel.
old_vlans()
{
	local rows

	rows=$(brctl "$@") || return 1
	sed -E 's/ (mcast_(n|max)_groups|neigh_[a-z_]*)=[^ ]*//g' <<< "$rows"
}

# full_vlan_bridge: creates br0 with everything that VLANs of ports can have.
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
