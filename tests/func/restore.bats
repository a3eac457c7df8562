#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# diff and restore: change the running configuration to that of a file.

load ../common.bash
load exact.bash
load saved.bash

setup()
{
	FILE="$BATS_TEST_TMPDIR/file"
	SAVED="$BATS_TEST_TMPDIR/saved"
}

# wants LINE...: writes the file.
wants()
{
	printf '%s\n' "$@" > "$FILE"
}

@test "if the file matches the running configuration, nothing is done" {
	pair v0 w0
	works addbr br0
	works addif br0 v0
	works set br0 ageing_time=5
	wants 'addbr br0' 'brctl --may-exist addif br0 v0' \
		'brctl setageing br0 5.0' 'link br0 down'
	quiet diff "$FILE"
	quiet restore "$FILE"
	quiet restore --dry-run "$FILE"
	quiet diff - < "$FILE"
}

@test "diff returns 2 on errors" {
	run -2 "$BRCTL" diff --nope
	run -2 "$BRCTL" diff a b
	gives 2 "" 'brctl: diff: option --long is not supported' diff --long
	run -1 "$BRCTL" restore --nope
}

@test "diff prints the plan, restore applies it, and no difference is left" {
	pair v0 w0
	works addbr br0
	works set br0 ageing_time=5
	wants 'brctl set br0 ageing_time=6 hello_time=1' 'brctl addif br0 v0' \
		'brctl setport br0 v0 isolated=on path_cost=9' \
		'brctl addmac br0 v0 02:00:00:00:00:09' 'brctl link br0 up'
	gives 1 'brctl set br0 ageing_time=6 hello_time=1
brctl addif br0 v0
brctl setport br0 v0 isolated=on path_cost=9
brctl addmac br0 v0 02:00:00:00:00:09 static
brctl link br0 up' "" diff "$FILE"
	gives 0 "$(< "$BATS_TEST_TMPDIR/out")" "" restore --dry-run "$FILE"
	missing br0/brif/v0
	quiet restore "$FILE"
	quiet diff "$FILE"
	[ "$(cat /sys/class/net/v0/brport/isolated)" = 1 ]
}

@test "objects that are not in the file stay; --exact removes them" {
	pair v0 w0
	pair v1 w1
	works addbr br0
	works addbr br1
	works addif br0 v0 v1
	works set br0 ageing_time=5
	works setport br0 v0 isolated=on
	works addmac br0 v0 02:00:00:00:00:09
	wants 'brctl addbr br0' 'brctl addif br0 v0'
	quiet diff "$FILE"
	gives 1 'brctl delmac br0 v0 02:00:00:00:00:09
brctl delif br0 v1
brctl setport br0 v0 isolated=off
brctl set br0 ageing_time=300.00' "" diff --exact "$FILE"
	quiet restore --exact "$FILE"
	quiet diff --exact "$FILE"
	exists br1
	missing br0/brif/v1
}

@test "a line that deletes means that the object must be absent" {
	pair v0 w0
	works addbr br0
	works addif br0 v0
	works link br0 up
	wants 'brctl --if-exists delbr br0' 'brctl --if-exists delbr br9' \
		'brctl delif br0 v0'
	gives 1 'brctl link br0 down
brctl delbr br0' 'brctl: lost: bridge "br0" is deleted: its addresses and routes' \
		diff "$FILE"
	quiet restore "$FILE"
	missing br0
	quiet restore "$FILE"
}

@test "a port moves to another bridge, with a warning" {
	pair v0 w0
	works addbr br0
	works addbr br1
	works addif br0 v0
	wants 'brctl addif br1 v0'
	gives 1 'brctl delif br0 v0
brctl addif br1 v0' 'brctl: lost: "v0" leaves bridge "br0": its options, VLANs and entries there' \
		diff "$FILE"
	quiet restore "$FILE"
	is_port br1 v0
}

@test "a port gets its options before it forwards" {
	pair v0 w0
	ip link set v0 up
	works addbr br0
	works link br0 up
	wants 'brctl addif br0 v0' 'brctl setport br0 v0 isolated=on'
	gives 1 'brctl link v0 down
brctl addif br0 v0
brctl setport br0 v0 isolated=on
brctl link v0 up' 'brctl: lost: "v0" is down for a moment: its IPv6 addresses and routes' \
		diff "$FILE"
	quiet restore "$FILE"
	quiet diff "$FILE"
	works delif br0 v0
	works link v0 down
	wants 'brctl link v0 up' 'brctl addif br0 v0' \
		'brctl setport br0 v0 isolated=on'
	gives 1 'brctl link v0 up
brctl link v0 down
brctl addif br0 v0
brctl setport br0 v0 isolated=on
brctl link v0 up' 'brctl: lost: "v0" is down for a moment: its IPv6 addresses and routes' \
		diff "$FILE"
	quiet restore "$FILE"
	quiet diff "$FILE"
}

@test "a name with a comma is not a list" {
	pair a,b w0
	pair a w1
	works addbr br0
	works addif br0 a
	wants 'brctl addif br0 a,b' 'brctl setport br0 a,b isolated=on' \
		'brctl setport br0 a path_cost=7'
	quiet restore "$FILE"
	quiet diff "$FILE"
	[ "$(< /sys/class/net/a,b/brport/isolated)" = 1 ]
	[ "$(< /sys/class/net/a/brport/isolated)" = 0 ]
	wants 'brctl setport br0 a,w1 path_cost=7'
	refuses 'brctl: cannot set path_cost of port "w1" of bridge "br0": it is not a port; everything is as before' \
		restore "$FILE"
}

@test "if the kernel refuses a step, everything is undone" {
	pair v0 w0
	pair v1 w1
	works addbr br0
	works addif br0 v0
	# The kernel changes the queue of a device that goes up for the first
	# time.
	works link v1 up
	works link v1 down
	works set br0 ageing_time=5
	works setport br0 v0 path_cost=7
	works addmac br0 v0 02:00:00:00:00:09
	remembers
	wants 'brctl set br0 ageing_time=6' 'brctl addif br0 v1' \
		'brctl setport br0 v0 path_cost=8' \
		'brctl delmac br0 v0 02:00:00:00:00:09' \
		'brctl link v1 mtu 1400 up' 'brctl addbr br1' \
		'brctl set br1 stp_state=on forward_delay=0'
	refuses 'brctl: cannot set forward_delay of bridge "br1": Numerical result out of range; forward_delay ranges from 2.00 to 30.00 s; everything is as before' \
		restore "$FILE"
	is_as_before
}

@test "if the kernel refuses a step, a deleted bridge is restored" {
	pair v0 w0
	works addbr br0
	works addif br0 v0
	works set br0 ageing_time=5
	works addbr br1
	quiet save
	cp "$BATS_TEST_TMPDIR/out" "$SAVED"
	wants 'brctl delbr br0' 'brctl addif br1 v0' 'brctl addbr br2' \
		'brctl set br2 stp_state=on forward_delay=0'
	refuses 'brctl: cannot set forward_delay of bridge "br2": Numerical result out of range; forward_delay ranges from 2.00 to 30.00 s; everything is as before' \
		restore "$FILE"
	quiet save
	diff -u "$SAVED" "$BATS_TEST_TMPDIR/out"
}

@test "an entry of another port is replaced by the one in the file" {
	pair v0 w0
	pair v1 w1
	works addbr br0
	works addif br0 v0 v1
	ip link set w1 up
	works link v1 up
	works link br0 up
	poll 10 port_forwards v1
	works addmac br0 v1 02:00:00:00:00:09 dynamic
	wants 'brctl addmac br0 v0 02:00:00:00:00:09'
	quiet restore "$FILE"
	quiet diff "$FILE"
	wants 'brctl addmac br0 v1 02:00:00:00:00:09'
	quiet restore "$FILE"
	quiet diff "$FILE"
}

@test "a local entry of another port gives way, the address of a port does not" {
	local mac

	pair v0 w0
	pair v1 w1
	works addbr br0
	works addif br0 v0 v1
	works addmac br0 v1 02:00:00:00:00:09 local
	wants 'brctl addmac br0 v0 02:00:00:00:00:09'
	quiet restore "$FILE"
	quiet diff "$FILE"
	mac=$(mac_of v1)
	wants "brctl addmac br0 v0 $mac"
	gives 1 "" "brctl: cannot add $mac to \"v0\" of bridge \"br0\": File exists; everything is as before" \
		restore "$FILE"
	brctl showmacs --long br0 | grep -q "$mac.*local.*v1"
}

@test "a temporary member becomes permanent" {
	pair v0 w0
	ip link set w0 up
	works addbr br0
	works addif br0 v0
	works link v0 up
	works link br0 up
	poll 10 port_forwards v0
	works addgroup br0 v0 239.1.1.1 temporary
	wants 'brctl addgroup br0 v0 239.1.1.1'
	quiet restore "$FILE"
	quiet diff "$FILE"
}

# forwarding_port: creates br0 with a port v0 that forwards. IPv6 is off,
# because its groups would count.
forwarding_port()
{
	no_ipv6
	pair v0 w0
	ip link set w0 up
	works addbr br0
	works addif br0 v0
	works link v0 up
	works link br0 up
	poll 10 port_forwards v0
}

@test "a bridge and its last port leave the group of a MAC address" {
	pair v0 w0
	ip link set w0 up
	works addbr br0
	works addif br0 v0
	ip link set v0 up
	works link br0 up
	works addgroup br0 br0 01:02:03:04:05:06
	works addgroup br0 v0 01:02:03:04:05:06
	wants 'addbr br0' 'addif br0 v0'
	gives 1 'brctl delgroup br0 v0 01:02:03:04:05:06
brctl delgroup br0 br0 01:02:03:04:05:06' "" diff --exact "$FILE"
	quiet restore --exact "$FILE"
	quiet diff --exact "$FILE"
}

@test "hash_max is raised before groups are added, and lowered afterwards" {
	forwarding_port
	works addgroup br0 v0 239.1.1.1
	works set br0 hash_max=1
	wants 'brctl addgroup br0 v0 239.1.1.2' 'brctl addgroup br0 v0 239.1.1.3' \
		'brctl set br0 hash_max=3'
	gives 1 'brctl set br0 hash_max=3
brctl addgroup br0 v0 239.1.1.2
brctl addgroup br0 v0 239.1.1.3' "" diff "$FILE"
	quiet restore "$FILE"
	quiet diff "$FILE"
	works set br0 hash_max=4096
	wants 'brctl addgroup br0 v0 239.1.1.4' 'brctl set br0 hash_max=3'
	gives 1 'brctl addgroup br0 v0 239.1.1.4
brctl set br0 hash_max=3' "" diff "$FILE"
	quiet restore "$FILE"
	quiet diff "$FILE"
}

@test "mcast_max_groups=0 means no limit, and is set before groups are added" {
	forwarding_port
	"$BRCTL" -j getport br0 v0 mcast_max_groups ||
		skip "this kernel has no limit"
	works addgroup br0 v0 239.1.1.1
	quiet setport br0 v0 mcast_max_groups=1
	wants 'brctl addgroup br0 v0 239.1.1.2' \
		'brctl setport br0 v0 mcast_max_groups=0'
	gives 1 'brctl setport br0 v0 mcast_max_groups=0
brctl addgroup br0 v0 239.1.1.2' "" diff "$FILE"
	quiet restore "$FILE"
	quiet diff "$FILE"
}

@test "objects that are deleted together with others need no command" {
	pair v0 w0
	works addbr br0
	works addbr br1
	works addif br0 v0
	works addmac br0 v0 02:00:00:00:00:09
	wants 'brctl delif br0 v0' 'brctl delmac br0 v0 02:00:00:00:00:09'
	gives 1 'brctl delif br0 v0' "" diff "$FILE"
	wants 'brctl addif br1 v0' 'brctl delif br0 v0'
	quiet restore "$FILE"
	is_port br1 v0
	quiet diff "$FILE"
}

@test "VLAN devices that are deleted with a bridge are restored with it" {
	needs 8021q
	works addbr br0
	works link br0 address 02:00:00:00:00:07
	vconfig add br0 5 > /dev/null
	pair v0 w0
	remembers
	wants 'brctl delbr br0' 'brctl addbr br1' 'brctl addif br1 v0' \
		'brctl addbr br2' 'brctl set br2 stp_state=1 forward_delay=0.00'
	gives 1 'brctl link br0 down
brctl delbr br0
brctl addbr br1
brctl addif br1 v0
brctl addbr br2
brctl set br2 stp_state=1 forward_delay=0.00' 'brctl: lost: bridge "br0" is deleted: its addresses and routes
brctl: lost: "br0.5" is deleted: its addresses and routes' diff "$FILE"
	quiet save
	cp "$BATS_TEST_TMPDIR/out" "$SAVED"
	refuses 'brctl: cannot set forward_delay of bridge "br2": Numerical result out of range; forward_delay ranges from 2.00 to 30.00 s; everything is as before' \
		restore "$FILE"
	quiet save
	diff -u "$SAVED" "$BATS_TEST_TMPDIR/out"
}

@test "a VLAN device on another parent keeps its addresses and routes" {
	needs 8021q
	pair v0 w0
	pair v1 w1
	ip link set w0 up
	ip link set w1 up
	works link v0 up
	works link v1 up
	vconfig add v0 5 > /dev/null
	works link v0.5 up
	ip address add 10.0.5.1/24 dev v0.5
	ip route add 10.9.0.0/16 via 10.0.5.9
	wants 'vconfig add v1 6 name v0.5' 'brctl link v0.5 up'
	gives 1 'vconfig rem v0.5
vconfig add v1 6 name v0.5
brctl link v0.5 up' 'brctl: lost: "v0.5" is replaced: its index and statistics' diff "$FILE"
	quiet restore "$FILE"
	ip -d -o link show v0.5 | grep -q ' v0.5@v1: .* id 6 '
	ip -o address show v0.5 | grep -q 10.0.5.1/24
	[[ $(ip route show 10.9.0.0/16) = '10.9.0.0/16 via 10.0.5.9 dev v0.5'* ]]
	wants 'vconfig add v0 7 name v0.5'
	quiet restore "$FILE"
	ip -o address show v0.5 | grep -q 10.0.5.1/24
	ip -o link show v0.5 | grep -q '[<,]UP[,>]'
	[[ $(ip route show 10.9.0.0/16) = '10.9.0.0/16 via 10.0.5.9 dev v0.5'* ]]
	wants 'vconfig add v1 7 name v0.5' 'brctl link v0.5 down'
	quiet restore "$FILE"
	ip -o address show v0.5 | grep -q 10.0.5.1/24
}

@test "default_pvid of a bridge that filters changes the VLANs of its ports" {
	needs vlan_filtering
	pair v0 w0
	works addbr br0
	works addif br0 v0
	works set br0 vlan_filtering=on
	wants 'brctl set br0 default_pvid=7' 'brctl addvlan br0 v0 10-12' \
		'brctl delvlan br0 v0 7'
	quiet restore "$FILE"
	quiet diff "$FILE"
	quiet restore --exact <(echo brctl addbr br0; echo brctl addif br0 v0)
	gives 0 "bridge	port	VLAN	flags
br0	br0	1	pvid,untagged
br0	v0	1	pvid,untagged" "" showvlans br0
}

@test "a VLAN that default_pvid has deleted is not deleted again" {
	needs vlan_filtering
	pair v0 w0
	works addbr br0
	works set br0 vlan_filtering=on default_pvid=77
	works addif br0 v0
	works addvlan br0 v0 76
	wants 'set br0 default_pvid=78' 'delvlan br0 v0 76-77'
	quiet restore "$FILE"
	quiet diff "$FILE"
	run -0 bridge vlan show dev v0
	[[ $output = *"78 PVID"* && $output != *7[67]* ]]
}

@test "ports leave their VLANs for options that need it, and get them back" {
	local lost='brctl: lost: the ports of bridge "br0" are in no VLAN for a'\
' moment: the addresses that they learned'

	needs vlan_filtering
	pair v0 w0
	pair v1 w1
	works addbr br0
	works addif br0 v0 v1
	works set br0 vlan_filtering=on
	works setport br0 v0 vlan_tunnel=on
	works addvlan br0 v0 10-12
	works addvlan br0 v0 20-21 tunnel 100
	works setvlan br0 v0 11 mcast_router=0
	works delvlan br0 v1 1
	works addvlan br0 br0 10
	works addmac br0 v0 02:00:00:00:00:09 vlan 10 static
	quiet save
	cp "$BATS_TEST_TMPDIR/out" "$SAVED"
	wants 'brctl set br0 mst_enabled=on' 'brctl addvlan br0 v1 30' \
		'brctl set br0 vlan_stats_per_port=on' 'brctl delvlan br0 v0 12'
	gives 1 'brctl delvlan br0 v0 1
brctl delvlan br0 v0 10-12
brctl delvlan br0 v0 20-21
brctl set br0 mst_enabled=on vlan_stats_per_port=on
brctl addvlan br0 v0 1 pvid untagged
brctl addvlan br0 v0 10-12
brctl addvlan br0 v0 20-21 tunnel 100
brctl setvlan br0 v0 11 mcast_router=0
brctl addvlan br0 v1 30
brctl delvlan br0 v0 12' "$lost" diff "$FILE"
	quiet restore "$FILE"
	quiet diff "$FILE"
	gives 0 'vlan_stats_per_port=on
mst_enabled=on' "" get br0 vlan_stats_per_port mst_enabled
	quiet restore --exact "$SAVED"
	quiet diff --exact "$SAVED"
	quiet save
	diff -u "$SAVED" "$BATS_TEST_TMPDIR/out"
	wants 'brctl addbr br1' 'brctl addif br1 v0' \
		'brctl set br0 mst_enabled=on' 'brctl addif br1 v1'
	quiet restore "$FILE"
	quiet diff "$FILE"
	is_port br1 v0
	is_port br1 v1
	works delbr br1
	quiet restore --exact "$SAVED"
	wants 'brctl set br0 mst_enabled=on' 'brctl delif br0 v0' \
		'brctl addbr br1' 'brctl set br1 stp_state=on forward_delay=0'
	refuses 'brctl: cannot set forward_delay of bridge "br1": Numerical result out of range; forward_delay ranges from 2.00 to 30.00 s; everything is as before' \
		restore "$FILE"
	quiet save
	diff -u "$SAVED" "$BATS_TEST_TMPDIR/out"
}

@test "if the kernel does not keep a value, everything is undone" {
	pair v0 w0
	pair v1 w1
	works addbr br0
	works addif br0 v0 v1
	ip link property add dev v0 altname another
	remembers
	wants 'brctl setport br0 v1 backup_port=another' \
		'brctl set br0 ageing_time=7'
	refuses 'brctl: cannot restore the bridges: the kernel keeps another value: brctl setport br0 v1 backup_port=another; everything is as before' \
		restore "$FILE"
	is_as_before
	wants 'brctl set br0 forward_delay=0 stp_state=on ageing_time=7'
	refuses 'brctl: cannot set forward_delay of bridge "br0": Numerical result out of range; forward_delay ranges from 2.00 to 30.00 s; everything is as before' \
		restore "$FILE"
	is_as_before
}

@test "missing devices and invalid files change nothing" {
	works addbr br0
	remembers
	wants 'brctl addif br0 nope' 'brctl set br0 ageing_time=7'
	refuses 'brctl: cannot use "nope": No such device' restore "$FILE"
	wants 'brctl set br0 ageing_time=7' 'show'
	refuses "brctl: cannot read \"$FILE\": line 2: \"show\" is not a command of a configuration" \
		restore "$FILE"
	wants 'brctl set br0 ageing_time=7 nope=1'
	refuses "brctl: cannot read \"$FILE\": line 1: there is no option \"nope\" here" \
		restore "$FILE"
	wants 'brctl set br0 ageing_time=x'
	refuses "brctl: cannot read \"$FILE\": line 1: \"x\" is not a value of ageing_time: it takes seconds" \
		restore "$FILE"
	wants 'brctl setport br0 v0 state=blocking'
	refuses "brctl: cannot read \"$FILE\": line 1: \"state\" does not keep the value that is set" \
		restore "$FILE"
	wants "vconfig add 'eth0 x' 5 name y"
	refuses "brctl: cannot read \"$FILE\": line 1: \"eth0 x\" is not a name of a device" \
		restore "$FILE"
	wants 'brctl -n x addbr br1'
	refuses "brctl: cannot read \"$FILE\": line 1: option \"-n\" cannot be in a configuration" \
		restore "$FILE"
	printf 'brctl addbr br1\r\n' > "$FILE"
	refuses "brctl: cannot read \"$FILE\": line 1: a line must not end with CR LF" \
		restore "$FILE"
	printf 'brctl addbr br1\nbrctl addbr b\0r' > "$FILE"
	refuses "brctl: cannot read \"$FILE\": line 2: a line must not have a NUL byte" \
		restore "$FILE"
	printf '\xef\xbb\xbfbrctl addbr br1\n' > "$FILE"
	refuses "brctl: cannot read \"$FILE\": line 1: a file must not begin with a byte order mark" \
		restore "$FILE"
	refuses 'brctl: cannot read "/": Is a directory' restore /
	gives 2 "" 'brctl: cannot open "/nope": No such file or directory' \
		diff /nope
	printf 'brctl addbr br0' > "$FILE"
	quiet restore "$FILE"
	is_as_before
}

# looped LINE PORT BRIDGE REASON: nothing is changed, also by a dry run.
looped()
{
	local flag

	for flag in --exact --dry-run; do
		refuses "brctl: cannot add port \"$2\" to bridge \"$3\": line $1: $4" \
			restore $flag "$FILE"
	done
	gives 2 "" "brctl: cannot add port \"$2\" to bridge \"$3\": line $1: $4" \
		diff "$FILE"
	is_as_before
}

@test "a device on top of itself is refused" {
	pair v0 w0
	remembers
	wants '# a comment' 'addbr br0' 'vconfig add br0 5 name v5' \
		'addif br0 v5'
	looped 4 v5 br0 'it is on top of this bridge'
	wants 'addbr br0' 'vconfig add br0 5 name v5' \
		'vconfig add v5 6 name v6' 'addif br0 v0' 'addif br0 v6'
	looped 5 v6 br0 'it is on top of this bridge'
	wants 'addbr br0' 'addbr br1' 'vconfig add br0 5 name v5' \
		'vconfig add br1 6 name v6' 'addif br0 v6' 'addif br1 v5'
	looped 5 v6 br0 'it is on top of this bridge'
	wants 'addbr br0' 'addbr br1' 'addif br0 br1'
	looped 3 br1 br0 'it is a bridge itself'
	wants 'vconfig add v6 5 name v5' 'vconfig add v5 5 name v6'
	refuses 'brctl: cannot add VLAN to "v6": line 1: it is on top of this VLAN' \
		restore "$FILE"
	is_as_before
}

@test "a VLAN device on a bridge that is its port already is refused" {
	needs 8021q
	works addbr br0
	ip link add link br0 name v5 type vlan id 5
	wants 'addif br0 v5'
	remembers
	looped 1 v5 br0 'it is on top of this bridge'
}

@test "a VLAN device needs an address of the bridge" {
	needs 8021q
	pair v0 w0
	works addbr br0
	works addif br0 v0
	works delif br0 v0
	wants 'link br0 up' 'vconfig add br0 5 name v5' 'link v5 up'
	refuses 'brctl: cannot set "v5" up: Cannot assign requested address; its address is zero, as that of a bridge that lost its last port: set an address of the bridge first; everything is as before' \
		restore "$FILE"
	wants 'link br0 up address 02:00:00:00:00:01' \
		'vconfig add br0 5 name v5' 'link v5 up'
	quiet restore "$FILE"
	quiet diff "$FILE"
}

@test "an entry in a VLAN that the kernel gives new ports" {
	needs vlan_filtering
	pair v0 w0
	works addbr br0
	works set br0 vlan_filtering=on
	works addif br0 v0
	wants 'brctl addbr br0' 'brctl set br0 vlan_filtering=on' \
		'brctl addif br0 v0' \
		'brctl addmac br0 v0 02:00:00:00:00:09 vlan 1 static'
	works delvlan br0 v0 1
	gives 1 'brctl addvlan br0 v0 1 pvid untagged
brctl addmac br0 v0 02:00:00:00:00:09 vlan 1 static' "" diff --exact "$FILE"
	quiet restore --exact "$FILE"
	quiet diff --exact "$FILE"
}

@test "a bridge that loses its ports joins VLANs while it has an address" {
	needs vlan_filtering
	pair v0 w0
	works addbr br0
	works set br0 vlan_filtering=on
	works addif br0 v0
	wants 'brctl addbr br0' 'brctl set br0 vlan_filtering=on' \
		'brctl delif br0 v0' 'brctl addvlan br0 br0 9 untagged'
	quiet restore "$FILE"
	quiet diff "$FILE"
	[ "$(cat /sys/class/net/br0/address)" = 00:00:00:00:00:00 ]
	bridge vlan show dev br0 | grep -q '[ 	]9 Egress Untagged'
}

@test "names that no device can have, which a dry run refuses, too" {
	local name before

	before=$(ls /sys/class/net)
	for name in . .. a/b "'a b'" a:b a%dx all default; do
		wants "brctl addbr $name"
		eval "name=$name"
		refuses "brctl: cannot read \"$FILE\": line 1: \"$name\" is not a name of a device" \
			restore --dry-run "$FILE"
		refuses "brctl: cannot read \"$FILE\": line 1: \"$name\" is not a name of a device" \
			restore "$FILE"
	done
	wants "brctl addbr br0" "vconfig add lo 5 name a/b"
	refuses "brctl: cannot read \"$FILE\": line 2: \"a/b\" is not a name of a device" \
		restore --dry-run "$FILE"
	wants "brctl addbr a-name-of-17-byte"
	refuses "brctl: cannot read \"$FILE\": line 1: \"a-name-of-17-byte\": a configuration must use device names of at most 15 bytes" \
		restore --dry-run "$FILE"
	[ "$(ls /sys/class/net)" = "$before" ]
}

@test "a file that is large, or that nobody may read" {
	[ "${VB_ENVIRONMENT:-ns}" != uml ] || skip "needs more memory"
	awk 'BEGIN { for (i = 0; i < 4000000; i++) print "# a comment of 25 bytes.." }' \
		> "$FILE"
	echo 'brctl addbr' >> "$FILE"
	refuses "brctl: cannot read \"$FILE\": line 4000001: \"bridge\" needs a value" \
		restore "$FILE"
	chmod 0 "$FILE"
	run -1 setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$BRCTL" restore "$FILE"
	[[ $output = *": Permission denied" ]]
}

# addressed BRIDGE DEVICE ADDRESS
addressed()
{
	echo "brctl: $2: it has $3, which does not work on a port; to move it to\
 the bridge before: brctl adopt $1 $2; to try without: --confirm=60"
}

@test "a device with addresses that becomes a port is named" {
	pair v0 w0
	pair v1 w1
	works addbr br0
	ip address add 192.0.2.1/24 dev v0
	ip address add 192.0.2.2/24 dev v0
	echo 0 > /proc/sys/net/ipv6/conf/v1/disable_ipv6
	ip address add fd00::1/64 dev v1 nodad
	wants 'brctl --may-exist addif br0 v0 v1'
	gives 1 'brctl addif br0 v0
brctl addif br0 v1' "$(addressed br0 v0 192.0.2.1/24)
$(addressed br0 v1 fd00::1/64)" diff "$FILE"
	gives 0 "" "$(addressed br0 v0 192.0.2.1/24)
$(addressed br0 v1 fd00::1/64)" restore "$FILE"
	quiet restore "$FILE"
	ip address flush dev v1
	ip address add 192.0.2.1/24 dev br0
	works delif br0 v0 v1
	quiet restore "$FILE"
	works delif br0 v0 v1
	works adopt br1 v0
	wants 'brctl addif br1 v0'
	quiet restore "$FILE"
}
