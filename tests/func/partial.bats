#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Lists of interfaces: order and partial effect are as in bridge-utils.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	pair a w0
	pair b w1
	ip link add br0 type bridge
}

@test "addif stops at the first refused device; earlier devices stay ports" {
	refuses "interface nope does not exist!" addif br0 a nope b
	in_bridge br0 a
}

@test "addif of the same device twice adds it once and fails" {
	refuses "device a is already a member of a bridge; can't add it to\
 bridge br0." addif br0 a a b
	in_bridge br0 a
}

@test "delif stops at the first refused device; earlier devices stay removed" {
	brctl addif br0 a b
	refuses "device lo is not a port of br0" delif br0 a lo b
	in_bridge br0 b
}

@test "delif of the same port twice removes it once and fails" {
	brctl addif br0 a b
	refuses "device a is not a port of br0" delif br0 a a b
	in_bridge br0 b
}
