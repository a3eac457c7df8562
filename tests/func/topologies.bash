# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Topologies without faults, as people and programs build them. Each function
# topology_NAME or vlans_NAME writes lines for ip -batch; vlans_* need VLANs.
# $br is the bridge that gets the faults. $ports are some of its ports; their
# peers have the same name with a p appended.

batch='' br='' ports=() after=() bridges=0

# build NAME: creates the topology.
build()
{
	local command

	batch='' br='' ports=() after=() bridges=0
	"$1"
	ip -batch - <<< "$batch" || return 1
	for command in "${after[@]}"; do
		$command || return 1
	done
}

add()
{
	batch+="$*"$'\n'
}

# bridge_up NAME [OPTION...]: a bridge that is up and has a fixed address.
bridge_up()
{
	printf -v mac 02:00:00:00:b0:%02x $((++bridges))
	add "link add $1 address $mac type bridge ${*:2}"
	add "link set $1 up"
	[ -n "$br" ] || br=$1
}

# guests BRIDGE PORT...: ports that are veth pairs, as for containers.
guests()
{
	local port

	for port in "${@:2}"; do
		add "link add $port type veth peer name ${port}p"
		add "link set ${port}p up"
		add "link set $port master $1"
		add "link set $port up"
		[ "$1" != "$br" ] || ports+=("$port")
	done
}

# cards NAME...: network cards that are up.
cards()
{
	local name

	for name; do
		add "link add $name type $card_kind"
		add "link set $name up"
	done
}

# uplinks BRIDGE NAME...: network cards that are ports.
uplinks()
{
	local name

	for name in "${@:2}"; do
		cards "$name"
		add "link set $name master $1"
	done
}

address()
{
	add "address add $2 dev $1"
}

# Turns IPv6 on for the device, because the tests turn it off.
ipv6_address()
{
	local off=/proc/sys/net/ipv6/conf/$1/disable_ipv6

	[ -e "$off" ] || return 0
	echo 0 > "$off"
	ip address add "$2" dev "$1" nodad
}

gateway()
{
	add "route add default via $1"
}

# --- containers ---------------------------------------------------------------

topology_docker_idle()
{
	bridge_up docker0
	address docker0 172.17.0.1/16
}

topology_docker()
{
	bridge_up docker0
	address docker0 172.17.0.1/16
	guests docker0 veth1 veth2 veth3
	cards eth0
	address eth0 192.0.2.5/24
	gateway 192.0.2.1
}

topology_docker_networks()
{
	topology_docker
	bridge_up br-1f00
	address br-1f00 172.18.0.1/16
	guests br-1f00 veth4 veth5
	bridge_up br-2e00
	guests br-2e00 veth6
}

topology_docker_hairpin()
{
	topology_docker
	for port in veth1 veth2 veth3; do
		add "link set $port type bridge_slave hairpin on"
	done
}

topology_kubernetes()
{
	bridge_up cni0
	address cni0 10.244.0.1/24
	guests cni0 veth1 veth2
	add "link set cni0 promisc on"
	for port in veth1 veth2; do
		add "link set $port type bridge_slave hairpin on"
	done
}

topology_lxc()
{
	bridge_up lxcbr0
	address lxcbr0 10.0.3.1/24
	guests lxcbr0 vethA vethB vethC vethD
}

topology_lxd()
{
	bridge_up lxdbr0
	address lxdbr0 10.93.0.1/24
	after+=("ipv6_address lxdbr0 fd42::1/64")
	guests lxdbr0 vethA vethB
}

# --- virtual machines -----------------------------------------------------------

topology_libvirt_idle()
{
	add "link add virbr0 address 52:54:00:00:00:01 type bridge stp_state 1"
	address virbr0 192.168.122.1/24
	add "tuntap add dev virbr0-nic mode tap"
	add "link set virbr0-nic address 52:54:00:00:00:01"
	add "link set virbr0-nic master virbr0"
	add "link set virbr0 up"
	br=virbr0
}

topology_libvirt()
{
	bridge_up virbr0 stp_state 1 forward_delay 200
	address virbr0 192.168.122.1/24
	guests virbr0 vnet0 vnet1
}

topology_libvirt_bridged()
{
	bridge_up br0
	uplinks br0 enp1s0
	address br0 192.0.2.5/24
	gateway 192.0.2.1
	guests br0 vnet0 vnet1 vnet2
}

topology_libvirt_isolated()
{
	topology_libvirt_bridged
	for port in vnet0 vnet1 vnet2; do
		add "link set $port type bridge_slave isolated on"
	done
}

# Each guest has a small bridge of its own for the firewall.
topology_proxmox_firewall()
{
	bridge_up vmbr0
	uplinks vmbr0 eno1
	address vmbr0 192.0.2.5/24
	gateway 192.0.2.1
	for id in 100 101; do
		bridge_up fwbr${id}i0
		guests fwbr${id}i0 tap${id}i0
		add "link add fwln${id}i0 type veth peer name fwpr${id}p0"
		add "link set fwln${id}i0 master fwbr${id}i0"
		add "link set fwpr${id}p0 master vmbr0"
		add "link set fwln${id}i0 up"
		add "link set fwpr${id}p0 up"
	done
	guests vmbr0 tap102i0 tap103i0
}

topology_proxmox_nat()
{
	bridge_up vmbr0
	uplinks vmbr0 eno1
	address vmbr0 192.0.2.5/24
	gateway 192.0.2.1
	bridge_up vmbr1
	address vmbr1 10.10.10.1/24
	guests vmbr1 tap100i0
	guests vmbr0 tap101i0 tap102i0
}

topology_openstack_hybrid()
{
	bridge_up qbr1 ageing_time 0
	guests qbr1 qvb1 tap1
}

topology_openstack_linuxbridge()
{
	bridge_up brq1
	guests brq1 tap1 tap2
	add "link add vxlan-7 type vxlan id 7 dstport 4789 local 192.0.2.5"
	add "link set vxlan-7 mtu 1500"
	add "link set vxlan-7 master brq1"
	add "link set vxlan-7 up"
}

topology_evpn()
{
	bridge_up br100 mcast_snooping 0
	guests br100 vnet0 vnet1
	add "link add vni100 type vxlan id 100 dstport 4789 nolearning"
	add "link set vni100 mtu 1500"
	add "link set vni100 master br100"
	add "link set vni100 type bridge_slave learning off neigh_suppress on mcast_flood off"
	add "link set vni100 up"
}

# --- hosts, routers and switches -------------------------------------------------

topology_ifupdown()
{
	bridge_up br0
	uplinks br0 eth0
	address br0 192.0.2.5/24
	gateway 192.0.2.1
}

topology_ifupdown_none()
{
	bridge_up br0
	address br0 10.0.0.1/24
}

topology_ifupdown_stp()
{
	bridge_up br0 stp_state 1 forward_delay 200
	uplinks br0 eth0 eth1
	address br0 192.0.2.5/24
	gateway 192.0.2.1
	guests br0 vnet0 vnet1
}

topology_dhcp()
{
	bridge_up br0
	uplinks br0 eth0
	guests br0 vnet0 vnet1
	add "address add 192.0.2.77/24 dev br0 valid_lft 600 preferred_lft 600"
	gateway 192.0.2.1
}

topology_router()
{
	bridge_up br-lan
	uplinks br-lan lan1 lan2 lan3 lan4
	address br-lan 192.168.1.1/24
	cards wan
	address wan 192.0.2.5/24
	gateway 192.0.2.1
}

topology_transparent()
{
	bridge_up br0
	uplinks br0 eth0 eth1
}

topology_lan_party()
{
	bridge_up br0
	guests br0 p1 p2 p3 p4 p5
}

topology_jumbo()
{
	bridge_up br0
	guests br0 p1 p2
	for port in p1 p2; do
		add "link set ${port}p mtu 9000"
		add "link set $port mtu 9000"
	done
}

topology_joined_once()
{
	bridge_up br0
	bridge_up br1
	guests br0 p1 p2
	guests br1 p3 p4
	add "link add j0 type veth peer name j1"
	add "link set j0 master br0"
	add "link set j1 master br1"
	add "link set j0 up"
	add "link set j1 up"
}

topology_apart()
{
	bridge_up br0
	bridge_up br1
	guests br0 p1 p2
	guests br1 p3 p4
	address br1 10.0.1.1/24
}

topology_prepared()
{
	topology_lan_party
	add "link add br9 type bridge"
}

topology_querier()
{
	bridge_up br0 mcast_querier 1
	guests br0 p1 p2 p3
	address br0 10.0.0.1/24
}

topology_static_macs()
{
	bridge_up br0
	guests br0 p1 p2
	after+=("bridge fdb add 52:54:00:00:00:77 dev p1 master static")
	for port in p1 p2; do
		add "link set $port type bridge_slave learning off flood off"
	done
}

topology_tutorial3()
{
	bridge_up kvmbr0
	uplinks kvmbr0 eth0
	guests kvmbr0 vnet0
	address kvmbr0 192.0.2.5/24
	gateway 192.0.2.1
}

topology_tutorial4()
{
	bridge_up br0
	uplinks br0 ens33
	guests br0 vnet0 vnet1
	address br0 192.0.2.157/24
}

topology_tutorial5()
{
	bridge_up br3
	uplinks br3 eth4
	guests br3 vnet1 vnet2
	bridge_up br4
	uplinks br4 eth5
	guests br4 vnet0
	address br4 192.0.2.5/24
}

# --- VLANs ------------------------------------------------------------------------

# tag DEVICE VLAN: a VLAN device that is up.
tag()
{
	add "link add link $1 name $1.$2 type vlan id $2"
	add "link set $1.$2 up"
}

vlans_proxmox_aware()
{
	bridge_up vmbr0 vlan_filtering 1
	uplinks vmbr0 eno1
	guests vmbr0 tap100i0 tap101i0
	tag vmbr0 5
	address vmbr0.5 192.0.2.5/24
	gateway 192.0.2.1
	after+=("bridge vlan add dev eno1 vid 2-4094"
		"bridge vlan add dev vmbr0 vid 5 self"
		"bridge vlan add dev tap101i0 vid 7 pvid untagged"
		"bridge vlan del dev tap101i0 vid 1")
}

vlans_trunk()
{
	bridge_up br0 vlan_filtering 1 vlan_default_pvid 0
	uplinks br0 eth0
	guests br0 vnet0 vnet1
	after+=("bridge vlan add dev eth0 vid 10-20"
		"bridge vlan add dev vnet0 vid 10 pvid untagged"
		"bridge vlan add dev vnet1 vid 20 pvid untagged")
}

vlans_ifupdown2_aware()
{
	bridge_up bridge vlan_filtering 1
	uplinks bridge swp1
	guests bridge swp2 swp3
	tag bridge 100
	address bridge.100 10.0.100.1/24
	for port in swp1 swp2 swp3; do
		after+=("bridge vlan add dev $port vid 100"
			"bridge vlan add dev $port vid 200")
	done
	after+=("bridge vlan add dev bridge vid 100 self")
}

vlans_ifupdown2_traditional()
{
	cards eth0 eth1
	for vid in 100 200; do
		bridge_up br$vid
		tag eth0 $vid
		tag eth1 $vid
		add "link set eth0.$vid master br$vid"
		add "link set eth1.$vid master br$vid"
	done
	guests br100 vnet0 vnet1
}

vlans_tutorial1()
{
	cards eth0
	tag eth0 100
	address eth0.100 10.0.100.1/24
	bridge_up br200
	tag eth0 200
	add "link set eth0.200 master br200"
	guests br200 vif0 vif1
}

vlans_tutorial2_access()
{
	cards eth0
	for vid in 1 5; do
		bridge_up br0$vid
		tag eth0 $vid
		add "link set eth0.$vid master br0$vid"
	done
	guests br01 vnic1 vnic2
	guests br05 vnic3
}

vlans_tutorial2_trunk()
{
	bridge_up br0
	uplinks br0 eth0
	guests br0 vnic1 vnic2
	tag br0 1
	tag br0 5
	address br0.5 10.0.5.1/24
}

vlans_router_on_a_stick()
{
	bridge_up br-lan vlan_filtering 1 vlan_default_pvid 0
	guests br-lan lan1 lan2
	uplinks br-lan wan
	for vid in 10 20; do
		tag br-lan $vid
		address br-lan.$vid 10.0.$vid.1/24
		after+=("bridge vlan add dev br-lan vid $vid self"
			"bridge vlan add dev wan vid $vid")
	done
	after+=("bridge vlan add dev lan1 vid 10 pvid untagged"
		"bridge vlan add dev lan2 vid 20 pvid untagged")
}

vlans_management_untagged()
{
	bridge_up br0 vlan_filtering 1
	uplinks br0 eth0
	guests br0 vnet0 vnet1
	address br0 192.0.2.5/24
	gateway 192.0.2.1
	after+=("bridge vlan add dev eth0 vid 10"
		"bridge vlan add dev vnet1 vid 10")
}

vlans_provider()
{
	bridge_up br0 vlan_filtering 1 vlan_protocol 802.1ad
	uplinks br0 eth0
	guests br0 vnet0 vnet1
	after+=("bridge vlan add dev eth0 vid 100"
		"bridge vlan add dev vnet0 vid 100 pvid untagged"
		"bridge vlan del dev vnet0 vid 1")
}

vlans_bond()
{
	add "link add bond0 type bond mode active-backup"
	for card in eth0 eth1; do
		add "link add $card type $card_kind"
		add "link set $card master bond0"
	done
	add "link set bond0 up"
	bridge_up br0
	add "link set bond0 master br0"
	guests br0 vnet0 vnet1
	address br0 192.0.2.5/24
	gateway 192.0.2.1
}

vlans_bond_tagged()
{
	add "link add bond0 type bond mode balance-xor"
	add "link add eth0 type $card_kind"
	add "link set eth0 master bond0"
	add "link set bond0 up"
	for vid in 10 20; do
		bridge_up br$vid
		tag bond0 $vid
		add "link set bond0.$vid master br$vid"
	done
	guests br10 vnet0 vnet1
}

vlans_guest_tags()
{
	bridge_up br0
	uplinks br0 eth0
	guests br0 vnet0 vnet1
	add "link add link vnet0p name vnet0p.7 type vlan id 7"
	add "link set vnet0p.7 up"
}

vlans_nic_twice_apart()
{
	cards eth4
	bridge_up br0 vlan_filtering 1
	tag eth4 3
	tag eth4 4
	guests br0 vnet3 vnet4
	for vid in 3 4; do
		add "link set eth4.$vid master br0"
		for port in eth4.$vid vnet$vid; do
			after+=("bridge vlan add dev $port vid $vid pvid untagged"
				"bridge vlan del dev $port vid 1")
		done
	done
	after+=("bridge vlan del dev br0 vid 1 self"
		"ip link set br0 type bridge vlan_default_pvid 0")
}
