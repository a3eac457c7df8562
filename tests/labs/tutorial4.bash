# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The machine of tutorial 4, "Linux bridge, part 1", before the first brctl
# command. The test and the demo use it.
#
#       outside             vm0                   vm1
#        eth0               eth0 .158             eth0 .159
#         |                  |                     |
#       ens33              vnet0                 vnet1
#         +-------- br0 -----+---------------------+

ENS33_MAC=00:0c:29:9e:44:1b
VM0_MAC=52:54:00:40:ba:3b
VM1_MAC=52:54:00:df:5a:e6
VM0=192.168.213.158
VM1=192.168.213.159

lab4_nic()
{
	no_ipv6
	nic ens33 $ENS33_MAC outside
}

# The guests have each other's MAC addresses, as in the tutorial, and send no
# ARP frames.
lab4_guests()
{
	guest vm0 vnet0 $VM0_MAC $VM0/24 &&
	guest vm1 vnet1 $VM1_MAC $VM1/24 &&
	ip -n vm0 neighbour add $VM1 lladdr $VM1_MAC dev eth0 &&
	ip -n vm1 neighbour add $VM0 lladdr $VM0_MAC dev eth0
}

lab4_ping()
{
	in_guest vm0 ping -n -c 1 -W 5 $VM1
}

# Prints the IP frames of one ping, on the bridge and its ports, without the
# multicast reports that br0 sends when it comes up.
lab4_capture()
{
	frame capture -u -t 0x0800 "$@" br0 ens33 vnet0 vnet1 -- \
		ip netns exec vm0 ping -n -c 1 -W 5 $VM1
}
