#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Applies interfaces files with our hooks and with Debian's, both with our
# programs, and compares the state of the kernel. VLANs.

load ../common.bash
load ifupdown.bash

@test "the same with both hooks: bridge_vlan_aware yes and no" {
	same 24-vlan-aware
}

@test "the same with both hooks: VLANs as ports" {
	same 25-vlan-ports
}

@test "the same with both hooks: the four kinds of VLAN names" {
	same 26-vlan-names
}

@test "the same with both hooks: VLAN options" {
	same 27-vlan-options
}

@test "the same with both hooks: a VLAN on a bridge" {
	same 28-vlan-on-bridge
}

@test "the same with both hooks: a VLAN device as a port" {
	same 29-vlan-is-port
}
