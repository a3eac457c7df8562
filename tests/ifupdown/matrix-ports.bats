#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Interfaces files by our hooks and by Debian's, both with our programs: the
# kernel ends in the same state. Which devices become ports.
#
# place: ns

load ../common.bash
load ifupdown.bash

@test "the same with both hooks: tutorial 4's bridge, with an address" {
	same 01-tutorial
}

@test "the same with both hooks: bridge_ports none" {
	same 02-none
}

@test "the same with both hooks: no option but the ports" {
	same 03-defaults
}

@test "the same with both hooks: bridge_ports all" {
	same 04-all
}

@test "the same with both hooks: bridge_ports all, and another" {
	same 05-all-and-more
}

@test "the same with both hooks: an expression with an alternative" {
	same 06-regex
}

@test "the same with both hooks: an expression that matches many" {
	same 07-regex-many
}

@test "the same with both hooks: expressions and names in turn" {
	same 08-noregex
}

@test "the same with both hooks: an expression that matches nothing" {
	same 09-regex-matches-nothing
}

@test "the same with both hooks: a port that is not there" {
	same 10-port-not-there
}

@test "the same with both hooks: a port that is named twice" {
	same 11-port-twice
}
