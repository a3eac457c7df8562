#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 2, trunk mode: the guests on br0 see the tags; the VLAN
# subinterfaces are the bridge's own.
#
#	switch      guest1   guest2
#	 eth0        eth0     eth0
#	  |           |        |
#	 eth0       vNIC1    vNIC2
#	  +---- br0 ---+--------+
#	      br0.1 br0.5

load ../common.bash
load tutorial2.bash

setup()
{
	lab2_machine
}

trunk_mode()
{
	brctl addbr br0
	vconfig add br0 1
	vconfig add br0 5
	ifconfig br0.1 up
	ifconfig br0.5 up
	brctl addif br0 eth0
	brctl addif br0 vNIC1
	brctl addif br0 vNIC2
	ifconfig br0 up
	ifconfig br0.1 up
	ifconfig br0.5 up
	forwarding eth0 vNIC1 vNIC2
}
