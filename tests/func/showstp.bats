#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# showstp: a bridge, and each of its ports.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	no_ipv6
	pair v0 w0 02:00:00:00:00:10
	ip link add br0 type bridge
}

bridge_part()
{
	cat <<-'END'
	br0
	 bridge id		8000.020000000010
	 designated root	8000.020000000010
	 root port		   0			path cost		   0
	 max age		  20.00			bridge max age		  20.00
	 hello time		   2.00			bridge hello time	   2.00
	 forward delay		  15.00			bridge forward delay	  15.00
	 ageing time		 300.00
	 hello timer		   0.00			tcn timer		   0.00
	 topology change timer	   0.00			gc timer		   0.00
	 flags			


	END
}

port_part()
{
	cat <<-'END'
	v0 (1)
	 port id		8001			state		       disabled
	 designated root	8000.020000000010	path cost		   2
	 designated bridge	8000.020000000010	message age timer	   0.00
	 designated port	8001			forward delay timer	   0.00
	 designated cost	   0			hold timer		   0.00
	 flags			
	END
}

# Compares the whole output with stdin, including blank lines at the end.
shows()
{
	brctl showstp br0 > "$BATS_TEST_TMPDIR/got"
	diff -u - "$BATS_TEST_TMPDIR/got"
}

@test "a bridge with a port that is down" {
	ip link set v0 master br0
	{ bridge_part; port_part; echo; } | shows
}

@test "hairpin mode has a line of its own" {
	ip link set v0 master br0
	bridge link set dev v0 hairpin on
	{
		bridge_part
		port_part
		printf ' hairpin mode\t\t   1\n\n'
	} | shows
}

@test "a bridge without ports ends after two blank lines" {
	bridge_part | sed 's/8000.020000000010/8000.000000000000/' | shows
}

@test "the state of a port is the last word in the line with its port id" {
	brctl setfd br0 0
	brctl addif br0 v0
	ip link set br0 up
	ip link set v0 up
	ip link set w0 up
	poll 10 eval 'brctl showstp br0 |
		grep -q "^ port id.*state.*  forwarding$"'
	[ "$(brctl showstp br0 | grep -c '^v0 (1)$')" -eq 1 ]
}

@test "with STP, a port listens and the hello timer runs" {
	brctl stp br0 on
	brctl addif br0 v0
	ip link set br0 up
	ip link set v0 up
	ip link set w0 up
	poll 10 eval 'brctl showstp br0 | grep -q "  listening$"'
	poll 5 eval 'brctl showstp br0 |
		grep -qE "^ hello timer.*   [01]\.[0-9]*[1-9]"'
}

@test "a missing bridge, and a device that is not a bridge, are refused" {
	refuses "bridge nope does not exist!" showstp nope
	refuses "bridge  does not exist!" showstp ""
	refuses "device lo is not a bridge!" showstp lo
	refuses "device v0 is not a bridge!" showstp v0
}
