#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The beginning of tutorial 2: a bridge with three network cards, and the
# commands that the tutorial misspells.

load ../common.bash
load tutorial2.bash

setup()
{
	lab2_machine
}

# misspelt COMMAND WORD...: checks for the classic error, and our suggestion
# after it.
misspelt()
{
	local meant=$1

	shift
	run --separate-stderr -1 brctl "$@"
	[ "${lines[0]}" = "Usage: brctl [commands]" ]
	[ "${#stderr_lines[@]}" -eq 2 ]
	[ "${stderr_lines[0]}" = "never heard of command [$1]" ]
	[ "${stderr_lines[1]}" = "brctl: did you mean $meant?" ]
}

@test "brctl add br0 gets the classic error and a suggestion" {
	misspelt addbr add br0
	[ ! -e /sys/class/net/br0 ]
}

@test "brctl add if br0 vNIC1 gets the classic error and a suggestion" {
	brctl addbr br0
	misspelt addif add if br0 vNIC1
	misspelt addif add if br0 vNIC2
	[ -z "$(ls /sys/class/net/br0/brif)" ]
}

@test "vconfig add th0 5 gets the classic error and the reason" {
	run --separate-stderr -3 vconfig add th0 5
	[ -z "$output" ]
	[ "$stderr" = "ERROR: trying to add VLAN #5 to IF -:th0:-\
  error: No such device
vconfig: there is no device \"th0\"" ]
}

@test "the three network cards are in the bridge" {
	lab2_bridge
	run -0 brctl show br0
	[ "${lines[1]}" = $'br0\t\t8000.00163e000010\tno\t\teth0' ]
	[ "${lines[2]}" = $'\t\t\t\t\t\t\tvNIC1' ]
	[ "${lines[3]}" = $'\t\t\t\t\t\t\tvNIC2' ]
	[ "${#lines[@]}" -eq 4 ]
}

@test "all three reach each other" {
	lab2_bridge
	[ "$(from switch "" eth0 vNIC1 vNIC2)" = $'vNIC1\nvNIC2' ]
	[ "$(from guest1 "" eth0 vNIC1 vNIC2)" = $'eth0\nvNIC2' ]
	[ "$(from guest2 "" eth0 vNIC1 vNIC2)" = $'eth0\nvNIC1' ]
}

@test "the five settings turn off the filtering of bridged frames" {
	local name

	needs br_netfilter
	lab2_bridge
	for name in call-ip6tables call-iptables call-arptables \
			filter-pppoe-tagged filter-vlan-tagged; do
		echo 0 > "/proc/sys/net/bridge/bridge-nf-$name"
		[ "$(cat "/proc/sys/net/bridge/bridge-nf-$name")" = 0 ]
	done
	[ "$(to_guests "-v 5")" = $'vNIC1 vlan 5\nvNIC2 vlan 5' ]
}
