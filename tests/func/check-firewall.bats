#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check: bridged frames that pass the host's firewall.
#
# environment: ns

load ../common.bash
load firewall.bash
load check.bash

teardown()
{
	no_chains
	clean_environment
}

pings()
{
	in_guest vm0 ping -c 1 -W 1 10.0.0.3 > /dev/null
}

# guests: creates br0 with vm0 and vm1, which reach each other, and turns
# bridge-nf-call-iptables on.
guests()
{
	needs br_netfilter
	ip link add br0 address 02:00:00:00:00:b0 type bridge
	guest vm0 vnet0 52:54:00:40:ba:3b 10.0.0.2/24
	guest vm1 vnet1 52:54:00:40:ba:3c 10.0.0.3/24
	ip -batch - <<-END
	link set vnet0 master br0
	link set vnet1 master br0
	link set br0 up
	END
	forwarding vnet0 vnet1
	echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables
	poll 5 pings
}

@test "bridge-nf: no finding without a chain for forwarded packets that drops" {
	guests
	ip link set br0 type bridge nf_call_arptables 1
	silent
	chain ip filter FORWARD accept
	silent
	pings
}

@test "bridge-nf: a chain drops; the global setting and the option are on" {
	guests
	chain ip filter FORWARD drop
	run ! pings
	ip link set br0 type bridge nf_call_iptables 1
	finds_and_mends 1 'warning bridge-nf: bridge "br0": bridged frames pass the chain'\
' FORWARD of table filter of nftables, whose policy is to drop
	no rule names this bridge, so its ports may reach each other by ARP only
	$ brctl setnf call-iptables off
	$ brctl set br0 nf_call_iptables=off'
	pings
}

@test "bridge-nf: a chain drops, but a rule accepts the bridge" {
	guests
	# Docker adds such a rule for its own bridge.
	chain ip filter FORWARD drop br0
	pings
	finds_and_mends 0 'remark bridge-nf: bridge "br0": bridged frames pass the'\
' tables of the host: iptables
	its rules for forwarded packets are for these frames, too
	$ brctl setnf call-iptables off'
	# No rule names br1.
	works setnf call-iptables on
	ip link set br0 name br1
	run ! pings
	quiet check || :
	grep -q '^warning bridge-nf: bridge "br1": bridged' "$BATS_TEST_TMPDIR/out"
}

@test "bridge-nf: an ip6 chain does not affect IPv4, an inet chain does" {
	guests
	chain ip6 filter FORWARD drop
	silent
	pings
	chain inet filter forward accept vnet9
	finds 0 'remark bridge-nf: bridge "br0": bridged frames pass the tables of the'\
' host: iptables
	its rules for forwarded packets are for these frames, too
	$ brctl setnf call-iptables off'
	no_chains
	chain inet filter forward drop
	run ! pings
	finds_and_mends 1 'warning bridge-nf: bridge "br0": bridged frames pass the chain'\
' forward of table filter of nftables, whose policy is to drop
	no rule names this bridge, so its ports may reach each other by ARP only
	$ brctl setnf call-iptables off'
	pings
}

@test "bridge-nf: without CAP_NET_ADMIN the chains are not read" {
	guests
	ip link set br0 type bridge nf_call_arptables 1
	poor check
	same_text stdout 'remark bridge-nf: bridge "br0": bridged frames pass the tables'\
' of the host: iptables, arptables
	a rule or a policy that drops forwarded packets drops these, too; it was not read
	$ brctl setnf call-iptables off
	$ brctl set br0 nf_call_arptables=off' "$BATS_TEST_TMPDIR/out" check
}
