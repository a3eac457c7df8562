#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Applies interfaces files with our hooks and with Debian's, both with our
# programs, and compares the state of the kernel. Options of bridges.
#
# environment: ns

load ../common.bash
load ifupdown.bash

@test "the same with both hooks: STP on, with its timers" {
	same 12-stp-on
}

@test "the same with both hooks: bridge_stp yes and no" {
	same 13-stp-yes-no
}

@test "the same with both hooks: times with decimals" {
	same 14-times
}

@test "the same with both hooks: priorities and costs" {
	same 15-priorities
}

@test "the same with both hooks: bridge_hw with an address" {
	same 16-hw-address
}

@test "the same with both hooks: bridge_hw with an interface" {
	same 17-hw-interface
}

@test "the same with both hooks: bridge_waitport for a missing device" {
	same 18-waitport
}

@test "the same with both hooks: bridge_waitport for all ports" {
	same 19-waitport-of-ports
}

@test "the same with both hooks: bridge_maxwait that is too short" {
	same 20-maxwait
}

@test "the same with both hooks: an MTU" {
	same 21-mtu
}

@test "the same with both hooks: IPv4 and IPv6 in two stanzas" {
	same 22-two-stanzas
}

@test "the same with both hooks: options with dashes" {
	same 23-dashes
}

@test "the same with both hooks: several bridges" {
	same 30-two-bridges
}

@test "the same with Debian's hooks and brctl: STP on, with its timers" {
	same_tools 12-stp-on
}

@test "the same with Debian's hooks and brctl: times with decimals" {
	same_tools 14-times
}

@test "the same with Debian's hooks and brctl: priorities and costs" {
	same_tools 15-priorities
}
