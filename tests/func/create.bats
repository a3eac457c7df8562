#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addbridge, addport and delbridge: they make the whole change or none.
# environment: ns

load ../common.bash
load vlans.bash

MAC=02:00:00:00:00:07

setup()
{
	needs veth
	ip link add br0 type bridge
	ip link add br1 type bridge
	pair v0 w0
	pair v1 w1
	pair v2 w2
	pair v3 w3
	ip link set v2 master br1
	# The first port changes the address of a bridge; here, this happens
	# before the tests.
	ip link set v3 master br0
}

# cannot_port DEVICE REASON: prints the error of addport for br0.
cannot_port()
{
	echo "brctl: cannot add port \"$1\" to bridge \"br0\": $2"
}

# is_up_port BRIDGE DEVICE: checks that DEVICE is a port of BRIDGE and up.
is_up_port()
{
	ip -o link show "$2" up | grep -q "master $1 "
}

# until_up DEVICE...: sets the devices and their peers up, and waits until the
# devices are operational.
until_up()
{
	local device

	for device; do
		ip link set "$device" up
		ip link set "w${device#v}" up
	done
	for device; do
		poll 10 is_operational "$device"
	done
}

is_operational()
{
	ip -o link show "$1" | grep -q 'state UP'
}

# --- addbridge ----------------------------------------------------------------

@test "addbridge without options does the same as addbr" {
	works addbridge br2
	works addbr br3
	[ "$(brctl get br2 --settable)" = "$(brctl get br3 --settable)" ]
	gives 0 "br2 down mtu 1500 address $(brctl link br2 |
		sed 's/.* //')" "" link br2
}

@test "addbridge sets options, address and MTU, and sets the bridge up" {
	works addbridge br2 stp_state=on forward_delay=4 priority=4096 \
		address $MAC mtu 1400 up
	gives 0 "br2 up mtu 1400 address $MAC" "" link br2
	gives 0 $'stp_state=1\nforward_delay=4.00\npriority=4096' "" \
		get br2 stp_state forward_delay priority
}

@test "the MTU stays when a port with a smaller MTU is added" {
	works addbridge br2 mtu 1400
	ip link set v0 mtu 1300
	works addport br2 v0
	gives 0 "br2 down mtu 1400 address $(brctl link br2 |
		sed 's/.* //')" "" link br2
}

@test "an option that the kernel adjusts is reported" {
	gives 1 "" "brctl: the kernel changed forward_delay=1.00 to 2.00
brctl: forward_delay ranges from 2.00 to 30.00 s" addbridge br2 forward_delay=1 stp_state=on
}

@test "if an option is refused, no bridge is added" {
	local cannot='brctl: cannot add bridge "br2":'

	denies "brctl: cannot add bridge \"br0\": File exists" addbridge br0 up
	denies "$cannot Invalid argument; valid bits of group_fwd_mask: 0xfff8" \
		addbridge br2 priority=4096 group_fwd_mask=7
	denies "$cannot Invalid argument; the kernel says: mtu less than device\
 minimum" addbridge br2 priority=4096 mtu 5
	denies "$cannot the address of a device is neither a multicast address nor zero" \
		addbridge br2 address 01:00:00:00:00:01
	denies "$cannot root_port can only be read" addbridge br2 root_port=1
	denies "$cannot priority is given twice" \
		addbridge br2 priority=1 priority=2
	denies "${cannot/br2/br%d} the name of a bridge with options has no\
 percent sign" addbridge br%d
	denies "brctl: cannot add bridge \"this-name-is-too-long\": a device\
 name has at most 15 bytes, this one has 21" addbridge this-name-is-too-long
	denies "brctl: \"nope\": unknown option" addbridge br2 nope=7
}

@test "invalid arguments of addbridge" {
	denies 'brctl: "sideways" is not one of OPTION=VALUE, address, mtu and up' \
		addbridge br2 sideways
	denies 'brctl: "mtu" needs a value' addbridge br2 mtu
	denies 'brctl: "up" is given twice' addbridge br2 up up
	denies 'brctl: "mtu" is given twice' addbridge br2 mtu 1400 mtu 1400
	denies 'brctl: "x" is not a MAC address' addbridge br2 address x
}

@test "addbridge --may-exist: an existing bridge must be as requested" {
	works --may-exist addbridge br2 priority=4096 mtu 1400 up
	works --may-exist addbridge br2 priority=4096 mtu 1400 up
	works --may-exist addbridge br2
	denies 'brctl: "br2" exists, and its priority is not as requested' \
		--may-exist addbridge br2 priority=8192
	denies 'brctl: "br2" exists, and its mtu is not as requested' \
		--may-exist addbridge br2 mtu 1500
	denies 'brctl: "br2" exists, and its address is not as requested' \
		--may-exist addbridge br2 address $MAC
	denies 'brctl: "br0" exists, and its up is not as requested' \
		--may-exist addbridge br0 up
	denies 'brctl: cannot read bridge "v0": it is not a bridge' \
		--may-exist addbridge v0
}

# --- delbridge ----------------------------------------------------------------

@test "force is needed to delete a bridge that is up" {
	ip link set br1 up
	denies 'brctl: cannot delete bridge "br1": Device or resource busy
brctl: to delete it although it is up: force' delbridge br1
	works delbridge br1 force
	run ! ip link show br1
	works delbridge br0
	denies 'brctl: cannot delete bridge "br0": No such device' \
		delbridge br0 force
	works --if-exists delbridge br0 force
}

@test "if-empty refuses to delete a bridge with ports" {
	denies 'brctl: cannot delete bridge "br1": it has ports' \
		delbridge br1 if-empty
	denies 'brctl: cannot delete bridge "br1": it has ports' \
		delbridge br1 force if-empty
	ip link set v2 nomaster
	ip link set br1 up
	works delbridge br1 if-empty force
	works addbr br2
	works delbridge br2 if-empty
}

@test "delbridge: invalid arguments, and devices that are not bridges" {
	denies 'brctl: "sideways" is neither force nor if-empty' \
		delbridge br0 sideways
	denies 'brctl: "force" is given twice' delbridge br0 force force
	denies 'brctl: cannot delete bridge "v0": it is not a bridge' \
		delbridge v0 force
	denies 'brctl: cannot delete bridge "v0": it is not a bridge' \
		delbridge v0
}

# --- addport ------------------------------------------------------------------

@test "addport sets options and sets the ports up" {
	works addport br0 v0,v1 isolated=on path_cost=7 up
	is_up_port br0 v0
	is_up_port br0 v1
	gives 0 $'isolated=on\npath_cost=7' "" getport br0 v0 isolated path_cost
	gives 0 $'isolated=on\npath_cost=7' "" getport br0 v1 isolated path_cost
}

@test "a device that is up keeps its addresses, and forwards afterwards" {
	until_up v0
	ip link set br0 up
	ip address add 192.0.2.1/24 dev v0
	works addport br0 v0 isolated=on
	is_operational v0
	[ "$(ip -o address show dev v0 | grep -c 192.0.2.1)" -eq 1 ]
	ip -d link show v0 | grep -q 'mode DEFAULT'
	gives 0 "state=forwarding" "" getport br0 v0 state
}

@test "without the word up, a device stays down" {
	works addport br0 v0 isolated=on
	run ! is_up_port br0 v0
	[ "$(ip -o link show v0 | grep -c 'master br0')" -eq 1 ]
}

@test "a partly done addport is undone, and the error says so" {
	until_up v0
	ip link set br0 up
	denies "$(cannot_port v0 "Invalid argument; valid bits of\
 group_fwd_mask: 0xfffd; no port was added")" \
		addport br0 v0,v1 isolated=on group_fwd_mask=2 up
	is_operational v0
	ip -d link show v0 | grep -q 'mode DEFAULT'
	denies "$(cannot_port v0 "Numerical result out of range; path_cost\
 ranges from 1 to 65535")" addport br0 v0 path_cost=0
}

@test "devices that cannot be ports are refused before anything changes" {
	denies "$(cannot_port v2 "it is a port of another bridge")" \
		addport br0 v0,v2 isolated=on
	denies "$(cannot_port nope "No such device")" addport br0 v0,nope up
	denies "$(cannot_port br1 "it is a bridge itself")" addport br0 br1
	denies "$(cannot_port lo "it is the loopback device")" addport br0 lo
	denies "$(cannot_port v0 "the state of a port can be set only once it\
 is in use")" addport br0 v0 state=disabled
	denies "$(cannot_port v0 "designated_port can only be read")" \
		addport br0 v0 designated_port=1
	denies 'brctl: cannot add port "v0" to bridge "nope": no such bridge' \
		addport nope v0
	denies 'brctl: cannot add port "v0" to bridge "v1": it is not a bridge' \
		addport v1 v0
	denies 'brctl: "v0" is given twice' addport br0 v0,v0
	works addport br0 v0
	denies "$(cannot_port v0 "it is a port of this bridge already")" \
		addport br0 v0
}

@test "invalid arguments of addport" {
	denies 'brctl: "sideways" is not one of OPTION=VALUE, vlan, pvid, '\
'untagged and up' addport br0 v0 sideways
	denies 'brctl: "pvid" must follow vlan VIDS' addport br0 v0 pvid
	denies 'brctl: "vlan" needs a value' addport br0 v0 vlan
	denies 'brctl: "up" is given twice' addport br0 v0 up up
	denies 'brctl: "pvid" is given twice' addport br0 v0 vlan 5 pvid pvid
	denies "$(cannot_port v0 "VLAN 5 is given twice")" \
		addport br0 v0 vlan 5 vlan 4-6
	denies "$(cannot_port v0 "one VLAN alone can be the PVID")" \
		addport br0 v0 vlan 5-6 pvid
	denies "$(cannot_port v0 "one VLAN alone can be the PVID")" \
		addport br0 v0 vlan 5 pvid vlan 6 pvid
}

@test "addport --may-exist: existing ports must be as requested" {
	works --may-exist addport br0 v0 isolated=on up
	works --may-exist addport br0 v0,v1 isolated=on up
	works --may-exist addport br0 v0,v1 isolated=on up
	is_up_port br0 v1
	denies 'brctl: "v0" exists, and its isolated is not as requested' \
		--may-exist addport br0 v0 isolated=off
	denies "$(cannot_port v2 "it is a port of another bridge")" \
		--may-exist addport br0 v2
}

@test "a dry run changes nothing" {
	local before

	before=$(state)
	gives 0 "dry run: addbridge br2 priority=7 up" "" \
		--dry-run addbridge br2 priority=7 up
	gives 0 "dry run: addport br0 v0,v1 isolated=on up" "" \
		--dry-run addport br0 v0,v1 isolated=on up
	gives 0 "dry run: delbridge br1 force" "" --dry-run delbridge br1 force
	denies "$(cannot_port v2 "it is a port of another bridge")" \
		--dry-run addport br0 v2
	denies 'brctl: cannot delete bridge "br1": it has ports' \
		--dry-run delbridge br1 if-empty
	[ "$(state)" = "$before" ]
}

@test "without the capability, nothing changes" {
	local before why='Operation not permitted; the capability CAP_NET_ADMIN'

	why+=' is needed'
	before=$(state)
	powerless "brctl: cannot add bridge \"br2\": $why" \
		addbridge br2 priority=7
	powerless "$(cannot_port v0 "$why")" addport br0 v0 isolated=on
	powerless "brctl: cannot delete bridge \"br1\": $why" \
		delbridge br1 force
	[ "$(state)" = "$before" ]
}

@test "a batch creates a whole topology" {
	brctl batch - <<-'END'
	addbridge br2 priority=7 up
	addport br2 v0,v1 isolated=on up
	delbridge br0
	END
	is_up_port br2 v0
	is_up_port br2 v1
	run ! ip link show br0
}

@test "--test finds the errors in each line of a batch" {
	local cannot='cannot add port "v0" to bridge "br9":'

	printf '%s\n' 'addbridge br9 priority=7 up' 'addbridge br0' \
		'addport br9 v0 isolated=on vlan 5 pvid up' \
		'delbridge br9 force' > "$BATS_TEST_TMPDIR/good"
	works --test batch "$BATS_TEST_TMPDIR/good"
	printf '%s\n' 'addbridge br9 priority=x' 'addport br9 v0 vlan 5 vlan 5' \
		'delbridge br9 up' > "$BATS_TEST_TMPDIR/bad"
	run ! brctl --test batch "$BATS_TEST_TMPDIR/bad"
	[[ $output == *"is not a value of priority"* ]]
	[[ $output == *"$cannot VLAN 5 is given twice"* ]]
	[[ $output == *'"up" is neither force nor if-empty'* ]]
	run ! ip link show br9
}

# --- VLANs --------------------------------------------------------------------

@test "a port is in the given VLANs and not in the default one" {
	needs vlan_filtering
	works addbridge br2 vlan_filtering=on up
	works addport br2 v0,v1 vlan 5 pvid untagged vlan 10-12 up
	in_vlans v0 "5pu 10 11 12"
	in_vlans v1 "5pu 10 11 12"
	works --may-exist addport br2 v0,v1 vlan 5 pvid untagged vlan 10-12
	denies 'brctl: "v0" exists, and its vlan is not as requested' \
		--may-exist addport br2 v0 vlan 5 pvid vlan 10-12
}

@test "the default VLAN may be given with other flags" {
	needs vlan_filtering
	works addbridge br2 vlan_filtering=on default_pvid=9
	works addport br2 v0 vlan 9
	in_vlans v0 9
	works addport br2 v1
	in_vlans v1 9pu
}

# The kernel sends a notification for each change, so they show the order.
@test "a port that is up is disabled until it has its VLANs" {
	needs vlan_filtering
	local log=$BATS_TEST_TMPDIR/log watcher

	works addbridge br2 vlan_filtering=on up
	until_up v0
	bridge monitor link vlan > "$log" 3>&- &
	watcher=$!
	poll 10 listens $watcher
	works addport br2 v0 isolated=on vlan 5 pvid untagged
	poll 10 grep -q 'master br2 state forwarding' "$log"
	kill $watcher
	# The port leaves VLAN 1 before it forwards.
	sed '/master br2 state forwarding/,$d' "$log" > "$log.before"
	grep -q 'v0 .*5 PVID Egress Untagged' "$log.before"
	grep -q 'Deleted v0 .*1' "$log.before"
	grep -q 'master br2 state disabled' "$log.before"
	sed '1,/master br2 state forwarding/d' "$log" > "$log.after"
	run ! grep 'state disabled' "$log.after"
}

# listens PID: checks that the process has a netlink socket that has joined
# multicast groups.
listens()
{
	awk -v pid="$1" '$2 == 0 && $3 == pid && $4 != "00000000" { found = 1 }
		END { exit !found }' /proc/net/netlink
}

@test "VLANs without vlan_filtering cause a warning" {
	needs vlan_filtering
	gives 0 "" "$INERT" addport br0 v0 vlan 5
	in_vlans v0 5
}

@test "a kernel without VLAN filtering refuses VLANs, and adds no port" {
	case " $("$tests_dir/kernel/features") " in
	*" vlan_filtering "*) skip "this kernel filters VLANs" ;;
	esac
	denies "$(cannot_port v0 "Operation not supported; this kernel may have\
 been built without vlan_filtering")" addport br0 v0 vlan 5
	denies 'brctl: cannot add bridge "br2": Operation not supported; this '\
'kernel may have been built without vlan_filtering' \
		addbridge br2 vlan_filtering=on
}

# --- undone -------------------------------------------------------------------

@test "a change that nobody confirms is undone" {
	brctl --confirm 1 addport br0 v0,v1 isolated=on up < /dev/null 2>&1
	is_up_port br0 v1
	poll 10 is_free v0
	poll 10 is_free v1
	brctl --confirm 60 addbridge br2 priority=7 < /dev/null 2>&1
	brctl rollback
	run ! ip link show br2
}

# is_free DEVICE: checks that the device is neither a port nor up.
is_free()
{
	[[ $(ip -o link show "$1") != *@("master "|,UP)* ]]
}
