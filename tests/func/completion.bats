#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# What bash offers for brctl's command line.
#
# environment: ns

load ../common.bash
load exact.bash
load completion.bash

# br0 has the ports p0 and p1, br1 has q0; the pair e0 and e1 is free.
setup()
{
	ip link add br0 type bridge
	ip link add br1 type bridge
	pair p0 p1
	pair q0 e2
	pair e0 e1
	ip link set p0 master br0
	ip link set p1 master br0
	ip link set q0 master br1
}

@test "every command of the usage is offered" {
	local line want=()

	while read -r line _; do
		want+=("$line")
	done < <(brctl --help | sed -n 's/^\t\([a-z]\)/\1/p')
	[ "${#want[@]}" -gt 40 ]
	offers "brctl " "${want[@]}"
}

@test "after help, each command is offered" {
	offers "brctl help addi" addif
	offers "brctl help help" help
}

@test "the beginning of a command is completed" {
	offers "brctl addi" addif
	offers "brctl shows" showstp
	offers "brctl show" show showcfm showgroups showmacs showmrp showmst \
		showstp showvlans showvnis
	offers "brctl frob"
}

@test "text after the cursor is ignored" {
	offers "brctl shows|xyz br0" showstp
	offers "brctl show br| junk" br0 br1
}

@test "bridges" {
	local verb

	for verb in delbr delbridge addif addport delif show showmacs stp setvlan addmac; do
		offers "brctl $verb " br0 br1
	done
	for verb in set getport flush showgroups; do
		offers "brctl $verb " all br0 br1
	done
	offers "brctl show br0 " br1
	offers "brctl showmacs br0 "
}

@test "addbridge, addport and delbridge" {
	offers "brctl addbridge "
	includes "brctl addbridge br9 " priority= address mtu up
	offers "brctl addbridge br9 vlan_f" vlan_filtering=
	offers "brctl addbridge br9 stp_state=" 0 1 off on
	offers "brctl addport " br0 br1
	offers "brctl addport br0 " e0 e1 e2
	offers "brctl addport br0 e0," e0,e1 e0,e2
	includes "brctl addport br0 e0 " isolated= vlan pvid untagged up
	offers "brctl addport br0 e0 isol" isolated=
	offers "brctl delbridge " br0 br1
	offers "brctl delbridge br0 " force if-empty
}

@test "link: any device, and the words that are not yet given" {
	offers "brctl link p" p0 p1
	includes "brctl link " br0 br1 p0 e0
	offers "brctl link p0 " up down mtu address
	offers "brctl link p0 up mtu 9000 " down address
	offers "brctl link p0 mtu "
}

@test "why: two stations, and the VLAN" {
	includes "brctl why br0 " host p0
	includes "brctl why br0 p0 " host p0
	offers "brctl why br0 p0 host " vlan
}

@test "reach: bridges" {
	offers "brctl reach " all br0 br1
	offers "brctl reach br0 "
}

@test "trace: the sender, and the words that are not yet given" {
	offers "brctl trace br0 " in
	includes "brctl trace br0 in " host p0
	offers "brctl trace br0 in p0 t" type
	offers "brctl trace br0 in p0 type " arp ip ip6
	includes "brctl trace br0 in p0 dst " host p0 gateway
	offers "brctl trace br0 in p0 len 60 " src dst vlan inner type group source
}

@test "nothing is offered for the name of a new bridge" {
	offers "brctl addbr "
	offers "brctl addbr b"
}

@test "only ports of the named bridge are offered" {
	offers "brctl delif br0 " p0 p1
	offers "brctl delif br1 " q0
	offers "brctl delif br0 p0 " p1
	offers "brctl hairpin br0 " p0 p1
	offers "brctl setport br0 p" p0 p1
	offers "brctl setpathcost br1 " q0
	offers "brctl setpathcost e0 "
	offers "brctl setpathcost nope "
}

@test "members are the ports and the bridge itself" {
	offers "brctl addvlan br0 " all br0 p0 p1
	offers "brctl delmac br1 " br1 q0
	offers "brctl flush br1 port " all br1 q0
}

@test "in a list of members, the last one is completed" {
	offers "brctl addvlan br0 p0,p" p0,p1
	offers "brctl set br0,br" br0,br1
	offers "brctl setport br0 " all p0 p1
	offers "brctl set br0 default_pvid=" none
	offers "brctl delvlan br1 br1,q" br1,q0
	offers "brctl delmac br0 p0,p"
}

@test "devices that could become ports" {
	offers "brctl addif br0 e" e0 e1 e2
	offers "brctl addif br0 e0 e" e1 e2
	lacks "brctl addif br0 " lo br0 br1 p0 q0
}

@test "for a boolean option, on and off are offered" {
	offers "brctl stp br0 " on off
	offers "brctl hairpin br0 p0 o" on off
	offers "brctl setmcsnoop br0 of" off
	offers "brctl stp br0 on "
}

@test "nothing is offered for numbers and times" {
	offers "brctl setageing br0 "
	offers "brctl setbridgeprio br0 3"
	offers "brctl setport br0 p0 path_cost="
}

@test "nothing is offered after the last argument" {
	offers "brctl nf "
	offers "brctl showstp br0 "
	offers "brctl frobnicate "
}

@test "options that can be set" {
	local names

	mapfile -t names < <(brctl options bridge | awk '$1 == "bridge" &&
		$3 ~ /w/ { print $2 "=" }')
	[ "${#names[@]}" -gt 30 ]
	offers "brctl set br0 " "${names[@]}"
	mapfile -t names < <(brctl options port | awk '$1 == "port" &&
		$3 ~ /w/ { print $2 "=" }')
	[ "${#names[@]}" -gt 20 ]
	offers "brctl setport br0 p0 " "${names[@]}"
}

@test "options that can be read" {
	local names

	mapfile -t names < <(brctl options bridge | awk '$1 == "bridge" &&
		$3 ~ /r/ { print $2 }')
	[ "${#names[@]}" -gt 30 ]
	offers "brctl get br0 " "${names[@]}"
	includes "brctl getport br0 " p0 p1 state isolated
	includes "brctl getport br0 p0 " state
	lacks "brctl getport br0 p0 " p0 p1 flush
}

@test "an option that is already given is not offered again" {
	lacks "brctl set br0 priority=1 " priority=
	includes "brctl set br0 priority=1 " max_age=
	lacks "brctl get br0 priority " priority
}

@test "values after =, where bash splits the word" {
	offers "brctl set br0 vlan_filtering=" on off
	offers "brctl set br0 vlan_filtering=of" off
	offers "brctl set br0 priority=5 stp_state=" 0 1 \
		off on
	offers "brctl set br0 vlan_protocol=802.1a" 802.1ad
	offers "brctl setport br0 p0 state=f" forwarding
	offers "brctl setport br0 p0 state=" blocking disabled forwarding \
		learning listening
	offers "brctl setport br0 p0 backup_port=" p0 p1
	offers "brctl set br0 flush=" on
	offers "brctl set br0 mcast_snooping=o" on off
	offers "brctl set br0 bridge_id="
	offers "brctl set br0 frob="
}

@test "values after =, if COMP_WORDBREAKS has no =" {
	completion_program="COMP_WORDBREAKS=' '$completion_program"
	offers "brctl set br0 vlan_filtering=of" vlan_filtering=off
}

@test "options of a port's VLANs differ from those of the bridge's" {
	includes "brctl setvlan br0 p0 5 " state= mcast_router=
	lacks "brctl setvlan br0 p0 5 " mcast_snooping= rx_bytes=
	includes "brctl setvlan br0 br0 5 " state= mcast_snooping= msti=
	offers "brctl setvlan br0 br0 5 mcast_querier=" on off
}

@test "words may be in any order, each once" {
	offers "brctl addvlan br0 p0 5 " pvid untagged tunnel
	offers "brctl addvlan br0 p0 5 untagged " pvid tunnel
	offers "brctl addvlan br0 p0 5 tunnel "
	offers "brctl addvlan br0 p0 5 tunnel 7 p" pvid
	offers "brctl delvlan br0 p0 5 " tunnel
	offers "brctl addmac br0 p0 02:00:00:00:00:01 " vlan static local \
		dynamic sticky replace append use extern_learn norefresh \
		activity_notify inactive self router dst port vni src_vni via \
		nhid
	offers "brctl addmac br0 p0 02:00:00:00:00:01 st" static sticky
	offers "brctl addmac br0 p0 02:00:00:00:00:01 static sticky v" vlan \
		vni via
	offers "brctl addgroup br0 p0 239.1.1.1 " source vlan temporary \
		replace filter sources proto dst port vni src_vni via
	offers "brctl addgroup br0 p0 239.1.1.1 filter " include exclude
	offers "brctl delgroup br0 p0 239.1.1.1 vlan 5 s" source src_vni
	offers "brctl getgroup br0 239.1.1.1 " source vlan src_vni
	offers "brctl flushgroups br0 p" port proto permanent
	offers "brctl setmst br0 p0 1 f" forwarding
	offers "brctl flush br0 no" nouser noextern nosticky nooffloaded \
		norouter
	offers "brctl flush br0 dynamic nosticky s" self src_vni
	offers "brctl getmac br0 02:00:00:00:00:01 " vlan
	offers "brctl addvni p0 5 " group
}

@test "MAC addresses, which bash splits at each colon" {
	bridge fdb add 02:00:00:00:00:11 dev p0 master static
	bridge fdb add 02:00:00:00:00:12 dev p0 master static
	bridge fdb add 02:00:00:00:01:13 dev q0 master static
	includes "brctl delmac br0 p0 " 02:00:00:00:00:11 02:00:00:00:00:12
	lacks "brctl delmac br0 p0 " 02:00:00:00:01:13
	offers "brctl delmac br0 p0 02:00:00:00:00:" 11 12
	offers "brctl delmac br0 p0 02:00:00:00:00:12" 12
	offers "brctl delmac br0 p1 02:00:00:00:0"
	# For addmac, learned addresses are offered, so that they can be made
	# static. The port has to be up for a learned entry.
	ip link set br0 up
	ip link set p0 up
	ip link set p1 up
	forwarding p0
	brctl addmac br0 p0 02:00:00:00:00:14 dynamic
	offers "brctl addmac br0 p0 02:00:00:00:00:1" 14
}

@test "groups, also with colons" {
	ip link set br0 up
	brctl addgroup br0 p0 239.1.1.1
	brctl addgroup br0 p1 ff05::11
	offers "brctl delgroup br0 p0 " 239.1.1.1
	offers "brctl delgroup br0 p1 ff05::" 11
}

@test "VLANs of the member" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_default_pvid 0
	brctl addvlan br0 p0 20-22
	brctl addvlan br0 p1 30
	offers "brctl delvlan br0 p0 " 20-22
	offers "brctl setvlan br0 p1 " 30
	offers "brctl addmac br0 p0 02:00:00:00:00:01 vlan 2" 20 21 22
	offers "brctl flush br0 vlan " 20 21 22 30
}

@test "settings of bridge-nf, then on and off" {
	offers "brctl setnf call-ip" call-iptables call-ip6tables
	offers "brctl setnf call-iptables " call-ip6tables call-arptables \
		filter-vlan-tagged filter-pppoe-tagged pass-vlan-input-dev \
		on off
	offers "brctl setnf call-iptables off "
	offers "brctl setnf o"
	offers "brctl setnf call-iptables=o" on off
}

@test "scopes of options" {
	offers "brctl options " bridge port vlan port-vlan bridge-vlan
	offers "brctl options port bri" bridge bridge-vlan
}

@test "rules of check, and then the bridges" {
	offers "brctl check --explain mt" mtu-mismatch
	offers "brctl check --explain=mt" mtu-mismatch
	offers "brctl check --explain mtu-mismatch b" br0 br1
	offers "brctl check -" --help --version --netns= --json --list \
		--explain=
}

@test "tree: bridges and options" {
	offers "brctl tree b" br0 br1
	offers "brctl tree -" --help --version --netns= --json --dot --svg= \
		--check --trace=
	offers "brctl tree --trace p0 b" br0 br1
	offers "brctl tree --svg "
	offers "brctl tree --svg file b" br0 br1
}

@test "options of brctl, and those that each command supports" {
	offers "brctl -" --help --version --netns= --json --long \
		--statistics --settable --list --explain= --dot \
		--svg= --check --trace= --follow --may-exist \
		--if-exists --dry-run --keep-going --test --atomic --confirm= \
		--exact --wait= --interval= --openmetrics --after= --diff= \
		--live --send --count= --force --resolve
	offers "brctl restore --wait 5"
	offers "brctl restore -" --help --version --netns= --dry-run --confirm= \
		--exact --wait= --force
	offers "brctl --resolve b" br0 br1
	offers "brctl --resolve br0 b"
	offers "brctl stats -" --help --version --netns= --json --long \
		--interval= --openmetrics
	offers "brctl stats --interval 5 b" br0 br1
	offers "brctl show -" --help --version --netns= --json
	offers "brctl showvlans --" --help --version --netns= --json --long \
		--statistics
	offers "brctl --dry-run addbr br9 --m" --may-exist
	offers "brctl -j show br" br0 br1
	offers "brctl show -- -"
	offers "brctl delbr -- b" br0 br1
}
