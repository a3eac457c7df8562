# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# One fault for each rule: fault_RULE adds it to the topology of
# topologies.bash, and fails if the topology cannot have it; undo_RULE removes
# it. Each - in the name of the rule is a _ here.

# has NAME VALUE: checks an option of the bridge $br in sysfs. Starts no
# process, which is slow in User-Mode Linux.
has()
{
	local value

	read -r value < "/sys/class/net/$br/bridge/$1" && [ "$value" = "$2" ]
}

filtering()
{
	has vlan_filtering 1
}

without_stp()
{
	has stp_state 0
}

two_ports()
{
	[ ${#ports[@]} -ge 2 ]
}

fault_port_down()
{
	two_ports && ip link set "${ports[0]}" down
}

undo_port_down()
{
	ip link set "${ports[0]}" up
}

fault_stale_entry()
{
	two_ports && ip link set "${ports[0]}" down &&
		bridge fdb add 02:00:00:00:00:66 dev "${ports[0]}" master static
}

undo_stale_entry()
{
	bridge fdb del 02:00:00:00:00:66 dev "${ports[0]}" master
	ip link set "${ports[0]}" up
}

fault_port_no_carrier()
{
	two_ports && ip link set "${ports[0]}p" down
}

undo_port_no_carrier()
{
	ip link set "${ports[0]}p" up
}

fault_mtu_mismatch()
{
	two_ports && ip link set "${ports[0]}" mtu 1300
}

undo_mtu_mismatch()
{
	local mtu

	read -r mtu < "/sys/class/net/${ports[1]}/mtu"
	ip link set "${ports[0]}" mtu "$mtu"
}

fault_same_mac()
{
	two_ports || return 1
	read -r old_mac < "/sys/class/net/${ports[1]}/address"
	read -r mac < "/sys/class/net/${ports[0]}/address"
	ip link set "${ports[1]}" address "$mac"
}

undo_same_mac()
{
	ip link set "${ports[1]}" address "$old_mac"
}

fault_port_has_address()
{
	two_ports && ip address add 198.51.100.9/24 dev "${ports[0]}"
}

undo_port_has_address()
{
	ip address del 198.51.100.9/24 dev "${ports[0]}"
}

fault_two_managers()
{
	two_ports && ip address add 198.51.100.9/24 dev "${ports[0]}" \
		valid_lft 600 preferred_lft 600
}

undo_two_managers()
{
	undo_port_has_address
}

fault_not_forwarding()
{
	two_ports && without_stp && bridge link set dev "${ports[0]}" state 0
}

undo_not_forwarding()
{
	bridge link set dev "${ports[0]}" state 3
}

fault_no_learning()
{
	[ ${#ports[@]} -ge 3 ] && ip link set "$br" type bridge ageing_time 0
}

undo_no_learning()
{
	ip link set "$br" type bridge ageing_time 30000
}

fault_lone_isolated()
{
	two_ports && ! grep -q 1 /sys/class/net/*/brport/isolated &&
		ip link set "${ports[0]}" type bridge_slave isolated on
}

undo_lone_isolated()
{
	ip link set "${ports[0]}" type bridge_slave isolated off
}

fault_hairpin_mixed()
{
	[ ${#ports[@]} -ge 3 ] || return 1
	for port in "${ports[@]:1}"; do
		ip link set "$port" type bridge_slave hairpin on
	done
	hairpin=off
	! grep -q 1 "/sys/class/net/${ports[0]}/brport/hairpin_mode" || hairpin=on
	ip link set "${ports[0]}" type bridge_slave hairpin off
}

undo_hairpin_mixed()
{
	for port in "${ports[@]:1}"; do
		ip link set "$port" type bridge_slave hairpin "$hairpin"
	done
	ip link set "${ports[0]}" type bridge_slave hairpin "$hairpin"
}

fault_group_forward()
{
	ip link set "$br" type bridge group_fwd_mask 0x4000
}

undo_group_forward()
{
	ip link set "$br" type bridge group_fwd_mask 0
}

fault_joined_twice()
{
	[ ${#ports[@]} -gt 0 ] && without_stp && ! filtering &&
	ip -batch - <<-END
	link add loop0 type veth peer name loop1
	link set loop0 master $br
	link set loop1 master $br
	link set loop0 up
	link set loop1 up
	END
}

undo_joined_twice()
{
	ip link del loop0
}

fault_bridge_nf()
{
	two_ports && [ -n "${has_chain:-}" ] &&
		ip link set "$br" type bridge nf_call_iptables 1
}

undo_bridge_nf()
{
	ip link set "$br" type bridge nf_call_iptables 0
}

fault_no_querier()
{
	two_ports && has multicast_snooping 1 &&
		has multicast_querier 0 &&
	bridge mdb add dev "$br" port "${ports[0]}" grp 239.1.1.1 permanent &&
		ip link set "${ports[0]}" type bridge_slave mcast_flood off
}

undo_no_querier()
{
	bridge mdb del dev "$br" port "${ports[0]}" grp 239.1.1.1 permanent
	ip link set "${ports[0]}" type bridge_slave mcast_flood on
}

fault_groups_expire()
{
	has multicast_snooping 1 &&
	has multicast_querier 0 &&
	ip link set "$br" type bridge mcast_querier 1 mcast_membership_interval 3000
}

undo_groups_expire()
{
	ip link set "$br" type bridge mcast_querier 0 mcast_membership_interval 26000
}

# --- VLANs ----------------------------------------------------------------------

# vlan {add|del} PORT VID [FLAG...]
vlan()
{
	bridge vlan "$1" dev "$2" vid "${@:3}"
}

fault_vlan_leak()
{
	filtering && two_ports && has default_pvid 1 &&
	bridge vlan show dev "${ports[0]}" | grep -q '\b1 PVID' &&
	vlan add "${ports[0]}" 999 pvid untagged
}

undo_vlan_leak()
{
	vlan del "${ports[0]}" 999
	vlan add "${ports[0]}" 1 pvid untagged
}

fault_many_untagged()
{
	filtering && two_ports && vlan add "${ports[0]}" 998 untagged
}

undo_many_untagged()
{
	vlan del "${ports[0]}" 998
}

fault_no_pvid()
{
	filtering && two_ports || return 1
	old_pvid=$(bridge vlan show dev "${ports[0]}" |
		sed -n 's/.*[[:blank:]]\([0-9]*\) PVID.*/\1/p')
	vlan add "${ports[0]}" "$old_pvid" untagged
}

undo_no_pvid()
{
	vlan add "${ports[0]}" "$old_pvid" pvid untagged
}

fault_unfiltered()
{
	filtering && two_ports &&
		vlan add "${ports[0]}" 997 &&
		ip link set "$br" type bridge vlan_filtering 0
}

undo_unfiltered()
{
	ip link set "$br" type bridge vlan_filtering 1
	vlan del "${ports[0]}" 997
}

fault_host_not_in_vlan()
{
	filtering && has vlan_protocol 0x8100 &&
	ip -batch - <<-END
	link add link $br name host996 type vlan id 996
	link set host996 up
	END
}

undo_host_not_in_vlan()
{
	ip link del host996
}

fault_vlan_device()
{
	filtering && two_ports && has vlan_protocol 0x8100 &&
		vlan add "${ports[0]}" 995 &&
		ip link add link "${ports[0]}" name dev995 type vlan id 995
}

undo_vlan_device()
{
	ip link del dev995
	vlan del "${ports[0]}" 995
}

fault_nic_twice()
{
	filtering && has default_pvid 1 &&
	ip -batch - <<-END
	link add nic9 type $card_kind
	link add link nic9 name nic9.3 type vlan id 3
	link add link nic9 name nic9.4 type vlan id 4
	link set nic9 up
	link set nic9.3 up
	link set nic9.4 up
	link set nic9.3 master $br
	link set nic9.4 master $br
	END
}

undo_nic_twice()
{
	ip link del nic9
}

# --- the last one, which takes the routes away -------------------------------------

fault_bridge_down()
{
	[ ${#ports[@]} -gt 0 ] && ip link set "$br" down
}

undo_bridge_down()
{
	ip link set "$br" up
}
