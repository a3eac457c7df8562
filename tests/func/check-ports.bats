#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check: rules about single ports, and about the programs that configure them.
#
# environment: ns

load ../common.bash
load check.bash

@test "port-no-carrier: the veth peer is down, also in another namespace" {
	sane_bridge
	ip link set w1 down
	poll 10 is v1/carrier 0
	run -0 --separate-stderr frame capture -c -i in -t 0x88b5 -q 50 w1 -- "$FRAME" send w0
	[ "$output" = "w1 0" ]
	finds 0 'remark port-no-carrier: bridge "br0": port "v1" is up, but has no carrier
	the other end of its veth pair is down, so the guest there has no network
	$ brctl link w1 up'
	mends
	poll 10 port_forwards v1
	silent
	run -0 --separate-stderr frame capture -c -i in -t 0x88b5 w1 -- "$FRAME" send w0
	[ "$output" = "w1 1" ]
	ip netns add away
	ip link set w1 netns away
	poll 10 is v1/carrier 0
	finds 0 'remark port-no-carrier: bridge "br0": port "v1" is up, but has no carrier
	the other end of its veth pair is down, so the guest there has no network'
	ip -n away link set w1 up
	poll 10 port_forwards v1
	silent
}

@test "port-no-carrier: a tap device that no program has opened" {
	needs tap
	sane_bridge
	ip -batch - <<-END
	tuntap add dev tap0 mode tap
	link set tap0 master br0
	END
	silent
	ip link set tap0 up
	finds 0 'remark port-no-carrier: bridge "br0": port "tap0" is up, but has no carrier
	no program has opened this tap device: the guest does not run'
	"$FRAME" tap tap0 > "$BATS_TEST_TMPDIR/tap" 2>&1 3>&- &
	child_pids+=($!)
	poll 10 port_forwards tap0
	silent
}

@test "port-no-carrier: only one uplink; one of two is not reported" {
	needs dummy
	sane_bridge
	ip -batch - <<-END
	link add up0 type dummy
	link set up0 up
	link set up0 master br0
	END
	poll 10 port_forwards up0
	silent
	ip link set up0 carrier off
	poll 10 is up0/carrier 0
	finds 1 'warning port-no-carrier: bridge "br0": port "up0" is up, but has no carrier
	the other ports reach no network; look at the cable and the switch'
	ip -batch - <<-END
	link add up1 type dummy
	link set up1 up
	link set up1 master br0
	END
	silent
	ip -batch - <<-END
	link del up1
	link set up0 carrier on
	END
	poll 10 is up0/carrier 1
	silent
}

@test "hairpin-mixed: one guest of several cannot reach itself" {
	sane_bridge
	pair v2 w2 02:00:00:00:00:22
	ip -batch - <<-END
	link set v2 up
	link set w2 up
	link set v2 master br0
	END
	poll 10 port_forwards v2
	works hairpin br0 v0 on
	silent
	works hairpin br0 v1 on
	# The guest does not receive its own broadcast.
	run -0 --separate-stderr frame capture -c -i in -t 0x88b5 -q 50 w2 -- "$FRAME" send w2
	[ "$output" = "w2 0" ]
	finds 0 'remark hairpin-mixed: bridge "br0": port "v2" has no hairpin mode, unlike'\
' most ports of guests
	the guest does not reach itself at an address that the host translates
	$ brctl hairpin br0 v2 on'
	mends
	silent
	run -0 --separate-stderr frame capture -c -i in -t 0x88b5 w2 -- "$FRAME" send w2
	[ "$output" = "w2 1" ]
	# The uplink has no hairpin mode, which is not reported.
	uplink
	silent
}

# taps FROM TO: adds tap devices that are down as ports of br0.
taps()
{
	local i

	for ((i = $1; i <= $2; i++)); do
		echo "tuntap add dev tap$i mode tap"
		echo "link set tap$i master br0"
	done | ip -batch -
}

@test "many-ports: over 900, and what happens after 1,023" {
	needs tap
	ip link add br0 type bridge
	taps 1 900
	silent
	taps 901 901
	finds 1 'warning many-ports: bridge "br0" has 901 ports, and can have at most 1023
	once it is full, the next guest gets no network'
	taps 902 1023
	ip tuntap add dev tap1024 mode tap
	run -1 --separate-stderr "$BRCTL" addif br0 tap1024
	[[ $stderr = *"Exchange full"* ]]
}

@test "machine-mac: systemd made the MAC address from the machine id" {
	[ -e /etc/machine-id ] || skip "needs /etc/machine-id"
	echo 0123456789abcdef0123456789abcdef > "$BATS_TEST_TMPDIR/id"
	mount --bind "$BATS_TEST_TMPDIR/id" /etc/machine-id ||
		skip "needs mount --bind"
	sane_bridge
	ip link set br0 address 2e:51:d4:17:b5:1e
	ip address add 10.0.0.1/24 dev br0
	silent
	uplink
	finds_and_mends 0 'remark machine-mac: bridge "br0" has the MAC address'\
' 2e:51:d4:17:b5:1e, which systemd made of the machine id
	a DHCP server does not recognize the network card, and cloned machines have the same address
	$ brctl link br0 address 02:00:00:00:00:99'
	is br0/address 02:00:00:00:00:99
	# The address that networkd makes from this machine id.
	ip link set br0 address 52:9c:2f:97:80:e3
	finds 0 'remark machine-mac: bridge "br0" has the MAC address'\
' 52:9c:2f:97:80:e3, which systemd made of the machine id
	a DHCP server does not recognize the network card, and cloned machines have the same address
	$ brctl link br0 address 02:00:00:00:00:99'
	echo uninitialized > "$BATS_TEST_TMPDIR/id"
	silent
	umount /etc/machine-id
}

@test "two-managers: DHCP on a port, and then on the bridge" {
	sane_bridge
	ip link set br0 address 02:00:00:00:00:b0
	ip address add 10.0.0.5/24 dev v0 valid_lft 3600 preferred_lft 3600
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' address 10.0.0.5/24
	the bridge takes the answers, so the host does not get them through the port
	$ ip address del 10.0.0.5/24 dev v0
warning two-managers: bridge "br0": port "v0" has the address 10.0.0.5/24 by DHCP
	its DHCP client sets the address again; stop it, and let it use the bridge'
	ip address add 10.0.0.5/24 dev br0 valid_lft 3600 preferred_lft 3600
	silent
}

# nmcli device set DEVICE managed no: changes NetworkManager's state file as
# nmcli does.
nmcli()
{
	local index

	[ "$1 $2 $4 $5" = "device set managed no" ] &&
	read -r index < "/sys/class/net/$3/ifindex" &&
	printf '[device]\nmanaged=false\n' > "/run/NetworkManager/devices/$index"
}

@test "two-managers: networkd and NetworkManager" {
	local index
	local -a command

	sane_bridge
	ip link set br0 address 02:00:00:00:00:b0
	uplink
	read -r index < /sys/class/net/up0/ifindex
	mkdir -p /run/NetworkManager/devices /run/systemd/netif/links
	mount -t tmpfs tmpfs /run/NetworkManager
	mount -t tmpfs tmpfs /run/systemd
	mkdir -p /run/NetworkManager/devices /run/systemd/netif/links
	printf 'ADMIN_STATE=configured\nOPER_STATE=enslaved\n' \
		> "/run/systemd/netif/links/$index"
	silent
	printf '[device]\nmanaged=true\n' > "/run/NetworkManager/devices/$index"
	finds 1 'warning two-managers: bridge "br0": systemd-networkd and NetworkManager'\
' both configure port "up0"
	each undoes what the other does, now or later
	$ nmcli device set up0 managed no'
	# Runs the suggested command with the function nmcli.
	read -ra command < <(sed -n 's/^\t\$ nmcli //p' "$BATS_TEST_TMPDIR/found")
	nmcli "${command[@]}"
	silent
	umount /run/NetworkManager /run/systemd
}
