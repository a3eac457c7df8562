#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# tree: the drawings of the tutorials' labs and of other topologies, compared
# line by line.
#
# environment: ns

load ../common.bash
load drawing.bash
load exact.bash
load ../labs/tutorial2.bash

setup()
{
	no_ipv6
	export LC_ALL=C.UTF-8
}

# draws TEXT WORD...: checks the drawing, twice.
draws()
{
	local text=$1

	shift
	gives 0 "$text" "" tree "$@" &&
	gives 0 "$text" "" tree "$@"
}

# plain TEXT: checks the same drawing in ASCII.
plain()
{
	local ascii

	in_ascii "$1"
	LC_ALL=C draws "$ascii"
}

@test "without bridges nothing is drawn" {
	draws ""
}

@test "tutorial 2: the three cards are in one bridge" {
	needs bridge veth
	nic eth0 00:16:3e:00:00:10 switch
	guest guest1 vNIC1 52:54:00:00:00:01
	guest guest2 vNIC2 52:54:00:00:00:02
	lab2_bridge
	ip address add 192.0.2.1/24 dev br0
	text="br0             bridge     up          192.0.2.1/24
├── eth0        veth       forwarding
│   └── switch  namespace  eth0
├── vNIC1       veth       forwarding
│   └── guest1  namespace  eth0
└── vNIC2       veth       forwarding
    └── guest2  namespace  eth0"
	draws "$text"
	plain "$text"
}

@test "tutorial 2, access mode: a bridge for each VLAN of the card" {
	needs 8021q
	lab2_machine
	brctl addbr br01
	brctl addbr br05
	vconfig add eth0 1 > /dev/null
	vconfig add eth0 5 > /dev/null
	ip link set eth0.1 up
	ip link set eth0.5 up
	brctl addif br01 eth0.1 vNIC1
	brctl addif br05 eth0.5 vNIC2
	ip link set br01 up
	ip link set br05 up
	forwarding eth0.1 vNIC1 eth0.5 vNIC2
	text="br01                bridge     up
├── eth0.1          VLAN 1     forwarding
│   └── eth0        veth       up
│       └── switch  namespace  eth0
└── vNIC1           veth       forwarding
    └── guest1      namespace  eth0

br05                bridge     up
├── eth0.5          VLAN 5     forwarding
│   └── eth0        veth       up
│       └── switch  namespace  eth0
└── vNIC2           veth       forwarding
    └── guest2      namespace  eth0"
	draws "$text"
	plain "$text"
}

@test "tutorial 2, trunk mode: VLAN devices on the bridge" {
	needs 8021q
	lab2_machine
	lab2_bridge
	vconfig add br0 1 > /dev/null
	vconfig add br0 5 > /dev/null
	ip link set br0.1 up
	ip address add 10.5.0.1/24 dev br0.5
	text="┌── br0.1       VLAN 1     up
├── br0.5       VLAN 5     down        10.5.0.1/24
br0             bridge     up
├── eth0        veth       forwarding
│   └── switch  namespace  eth0
├── vNIC1       veth       forwarding
│   └── guest1  namespace  eth0
└── vNIC2       veth       forwarding
    └── guest2  namespace  eth0"
	draws "$text"
	plain "$text"
}

@test "tutorial 2, leftover: VLAN devices on the ports take the frames" {
	needs 8021q
	lab2_machine
	vconfig add eth0 1 > /dev/null
	vconfig add eth0 5 > /dev/null
	ip link set eth0.1 up
	lab2_bridge
	text="br0             bridge     up
│   ┌── eth0.1  VLAN 1     up
│   ├── eth0.5  VLAN 5     down
├── eth0        veth       forwarding
│   └── switch  namespace  eth0
├── vNIC1       veth       forwarding
│   └── guest1  namespace  eth0
└── vNIC2       veth       forwarding
    └── guest2  namespace  eth0"
	draws "$text"
	plain "$text"
}

@test "tutorial 5: two networks, a card and guests in each" {
	needs bridge veth
	nic eth4 00:10:18:31:5a:4b inside
	nic eth5 00:10:18:19:4f:33 world
	guest guest01 vnet0 52:54:00:28:23:01 10.0.0.11/24
	guest guest02 vnet1 52:54:00:28:23:af 10.0.0.12/24
	guest guest03 vnet2 52:54:00:28:23:03 10.0.0.13/24
	brctl addbr br3
	brctl addbr br4
	brctl addif br3 eth4 vnet1 vnet2
	brctl addif br4 eth5 vnet0
	ip link set br3 up
	ip link set br4 up
	forwarding eth4 eth5 vnet0 vnet1 vnet2
	text="br3              bridge     up
├── eth4         veth       forwarding
│   └── inside   namespace  eth0
├── vnet1        veth       forwarding
│   └── guest02  namespace  eth0
└── vnet2        veth       forwarding
    └── guest03  namespace  eth0

br4              bridge     up
├── eth5         veth       forwarding
│   └── world    namespace  eth0
└── vnet0        veth       forwarding
    └── guest01  namespace  eth0"
	draws "$text"
	plain "$text"
	draws "$(tail -n 5 <<< "$text")" br4 br4
}

# Devices on a network card that are not in a bridge are drawn once.
@test "a network card with one VLAN in a bridge, and another for the host" {
	needs 8021q
	lab2_machine
	brctl addbr br200
	ip link add link eth0 name eth0.100 type vlan id 100
	ip link add link eth0 name eth0.200 type vlan id 200
	ip address add 10.1.0.1/24 dev eth0.100
	ip link set eth0.100 up
	ip link set eth0.200 master br200 up
	ip link set br200 up
	forwarding eth0.200
	draws "br200                 bridge     up
└── eth0.200          VLAN 200   forwarding
    │   ┌── eth0.100  VLAN 100   up          10.1.0.1/24
    └── eth0          veth       up
        └── switch    namespace  eth0"
}

@test "VLAN devices on VLAN devices, and one that is a port" {
	needs 8021q
	ip link add br0 type bridge
	ip link add br5 type bridge
	ip link add link br0 name svlan type vlan id 7 protocol 802.1ad
	ip link add link svlan name cvlan type vlan id 8
	ip link add link br0 name br0.5 type vlan id 5
	ip link set br0.5 master br5
	draws "┌── br0.5      VLAN 5            down  port of br5
│   ┌── cvlan  VLAN 8            down
├── svlan      VLAN 7 (802.1ad)  down
br0            bridge            down

br5          bridge  down
└── br0.5    VLAN 5  down
    └── br0  bridge  down"
}

@test "VLANs of ports, and of the bridge itself" {
	needs vlan_filtering
	ip link add br0 type bridge vlan_filtering 1
	for i in 0 1 2 3; do
		veth v$i w$i
		ip link set v$i master br0
	done
	ip link set br0 up
	forwarding v0 v1 v2 v3
	bridge -batch - <<-END
	vlan add dev v0 vid 5
	vlan add dev v0 vid 10-12
	vlan del dev v1 vid 1
	vlan add dev v1 vid 20 pvid untagged
	vlan add dev v2 vid 2-4 untagged
	vlan del dev v3 vid 1
	vlan add dev v3 vid 30 pvid
	vlan add dev v3 vid 31 untagged
	vlan add dev br0 vid 40 self
	END
	draws "br0         bridge  up          untagged 1  tagged 40
├── v0      veth    forwarding  untagged 1  tagged 5,10-12
│   └── w0  veth    up
├── v1      veth    forwarding  untagged 20
│   └── w1  veth    up
├── v2      veth    forwarding  untagged 1-4  PVID 1
│   └── w2  veth    up
└── v3      veth    forwarding  untagged 31  tagged 30  PVID 30
    └── w3  veth    up"
	bridge vlan del dev v2 vid 1
	run -0 brctl tree
	[[ $output = *"v2      veth    forwarding  untagged 2-4  no PVID"* ]]
}

@test "two bridges connected by a veth pair; a port that is down" {
	ip link add br0 type bridge
	ip link add br1 type bridge
	ip link add to1 type veth peer name to0
	ip link set to1 master br0 up
	ip link set to0 master br1 up
	ip link set br0 up
	ip link add v0 type veth peer name v1
	ip link set v0 master br0
	poll 10 port_forwards to1
	draws "br0          bridge  up
├── to1      veth    forwarding
│   └── to0  veth    disabled    port of br1
└── v0       veth    down
    └── v1   veth    down

br1          bridge  down
└── to0      veth    disabled
    └── to1  veth    forwarding  port of br0"
}

# elsewhere PID: checks that the process is in another namespace.
elsewhere()
{
	[ "$(readlink /proc/$1/ns/net)" != "$(readlink /proc/self/ns/net)" ]
}

@test "namespaces: without a name, with two names, and seen from inside" {
	ip link add br0 type bridge
	ip netns add a
	touch /run/netns/z
	mount --bind /run/netns/a /run/netns/z
	unshare -n sleep 60 3>&- &
	child_pids+=($!)
	poll 10 elsewhere $!
	ip link add v0 type veth peer name w0 netns a
	ip link add v1 type veth peer name w1 netns $!
	ip link set v0 master br0
	ip link set v1 master br0
	draws "br0                bridge     down
├── v0             veth       down
│   └── a          namespace  w0
└── v1             veth       down
    └── netnsid 1  namespace  w1"
	ip -n a link add br9 type bridge
	ip -n a link set w0 master br9
	run -0 brctl -n a tree
	[[ ${lines[1]} = "└── w0 "* ]]
	[[ ${lines[2]} = "    └── netnsid 0  namespace  v0" ]]
	umount /run/netns/z
	rm /run/netns/z
}

@test "without CAP_NET_ADMIN, device names in other namespaces are missing" {
	ip link add br0 type bridge
	guest vm0 v0
	ip link set v0 master br0
	poor tree
	same_text stdout "br0          bridge     down
└── v0       veth       disabled
    └── vm0  namespace" "$BATS_TEST_TMPDIR/out" tree
}

# taps NAME WORD...: starts a process with the command line WORD... that opens
# the tap device NAME, and makes the device a port.
taps()
{
	local tap=$1

	shift
	(exec -a "$1" "$PYTHON" -I -c 'import fcntl, os, struct, sys, time
tun = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tun, 0x400454ca, struct.pack("16sH22x", sys.argv[1].encode(), 0x1002))
time.sleep(60)' "$tap" "${@:2}") 3>&- &
	child_pids+=($!)
	poll 10 ip link set "$tap" master br0
}

@test "tap devices of a virtual machine and of another program" {
	needs tap
	ip link add br0 type bridge
	taps vnet0 /usr/bin/qemu-system-x86_64 -name guest=web,debug-threads=on
	taps vnet1 qemu-kvm -name $'m\e[31m'
	taps vnet2 vpn -name other
	text="br0                bridge   down
├── vnet0          tap      down
│   └── web        VM       pid ${child_pids[0]}
├── vnet1          tap      down
│   └── m\\033[31m  VM       pid ${child_pids[1]}
└── vnet2          tap      down
    └── vpn        process  pid ${child_pids[2]}"
	brctl tree > "$BATS_TEST_TMPDIR/got"
	diff - "$BATS_TEST_TMPDIR/got" <<< "$text"
	run -0 brctl -j tree
	[[ $output = *'"guests":[{"name":"web","vm":true,"pid":'"${child_pids[0]}}]"* ]]
	run -0 brctl tree --dot
	[[ $output = *$'label="m\\\\033[31m\\nVM, pid '"${child_pids[1]}"* ]]
}

@test "a bond, and a device on a port" {
	needs bond
	ip link add bond0 type bond
	ip link add br0 type bridge
	ip link add s0 type veth peer name far0
	ip link set s0 master bond0
	ip link set bond0 master br0
	run -0 brctl tree
	[[ ${lines[1]} = "└── bond0 "*"bond "* ]]
	[[ ${lines[2]} = "    └── s0 "*"veth "* ]]
	[[ ${lines[3]} = "        └── far0 "* ]]
}
