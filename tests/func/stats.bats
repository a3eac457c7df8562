#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# stats: counters, and what a bridge does not count.
#
# environment: ns

load ../common.bash
load exact.bash

# br0 with the port v0, on which three frames came in, and which is down.
counted()
{
	no_ipv6
	veth v0 w0
	ip link add br0 up type bridge mcast_snooping 0
	ip link set v0 master br0
	forwarding v0
	frame send -n 3 w0
	poll 5 test "$(< /sys/class/net/v0/statistics/rx_packets)" -ge 3
	ip link set v0 down
	ip link set br0 down
}

# kernels DEVICE: prints the columns of stats, read from sysfs.
kernels()
{
	local name

	for name in rx_bytes rx_packets rx_errors rx_dropped tx_bytes \
			tx_packets tx_errors tx_dropped; do
		printf '\t%s' "$(< "/sys/class/net/$1/statistics/$name")"
	done
}

HEAD=$'bridge\tport\trx_bytes\trx_packets\trx_errors\trx_dropped\ttx_bytes'
HEAD+=$'\ttx_packets\ttx_errors\ttx_dropped'

@test "counters are the kernel's, of all bridges, of one, of a port" {
	needs sysfs
	counted
	ip link add br1 type bridge
	gives 0 "$HEAD
br0	br0$(kernels br0)
br0	v0$(kernels v0)
br1	br1$(kernels br1)" "" stats
	gives 0 "$HEAD
br1	br1$(kernels br1)" "" stats br1
	gives 0 "$HEAD
br0	v0$(kernels v0)" "" stats br0 v0
}

@test "without a bridge, nothing is printed" {
	gives 0 "" "" stats
	gives 0 "# EOF" "" stats --openmetrics
}

@test "what a bridge does not count is named, and has no zeros" {
	counted
	run -0 brctl --long stats br0
	[[ $output = *$'\nbr0\tbr0\tmulticast\toff: multicast_stats_enabled=off'* ]]
	[[ $output = *$'\nbr0\tv0\tmulticast\toff: multicast_stats_enabled=off'* ]]
	[[ $output = *$'\nbr0\tv0\tstp\trx_bpdu=0 '* ]]
	[[ $output != *igmp* ]]
	works set br0 multicast_stats_enabled=on
	run -0 brctl --long stats br0
	[[ $output = *$'\nbr0\tv0\tmulticast\trx_mcast_bytes=0 '* ]]
	[[ $output != *"multicast_stats_enabled"* ]]
}

@test "JSON names it, too" {
	needs json
	needs_jq
	counted
	run -0 brctl -j stats br0 v0
	[ "$(jq -c '.[] | [.port, (.device.rx_packets >= 3), .stp.rx_bpdu,
		.multicast, .off[0]]' <<< "$output")" = \
		'["v0",true,0,null,"multicast_stats_enabled"]' ]
}

@test "VLANs are counted for the bridge, and for each port if that is on" {
	needs vlan_filtering json
	needs_jq
	veth v0 w0
	ip link add br0 up type bridge vlan_filtering 1
	run -0 brctl --long stats br0
	[[ $output = *$'\nbr0\tbr0\tvlan\toff: vlan_stats_enabled=off'* ]]
	works set br0 vlan_stats_enabled=on
	ip link set v0 master br0
	works addvlan br0 br0 5
	works addvlan br0 v0 5
	forwarding v0
	frame send -n 3 -v 5 w0
	run -0 brctl --long stats br0
	[[ $output = *$'\nbr0\tbr0\tvlan 5\trx_bytes='* ]]
	[[ $output = *$'\nbr0\tv0\tvlan\toff: vlan_stats_per_port=off'* ]]
	run -0 brctl -j stats br0
	[ "$(jq -c '.[] | [.port, .off[-1], (.vlans | map(.vlan))]' <<< \
		"$output")" = '["br0","multicast_stats_enabled",[1,5]]
["v0","vlan_stats_per_port",[]]' ]
	ip link set v0 nomaster
	works set br0 vlan_stats_per_port=on
	ip link set v0 master br0
	works addvlan br0 v0 5
	forwarding v0
	frame send -n 3 -v 5 w0
	poll 5 eval 'brctl --long stats br0 v0 |
		grep -q "vlan 5	rx_bytes=[0-9]* rx_packets=3"'
}

@test "OpenMetrics text is valid, for names of all kinds" {
	local name text names=('a"b\c' $'x\ty' 'a\n' $'\x01\x1f\x7f' $'\xff'
		'\377' $'\xc3(' $'\u00fc\u20ac' '{}=,"' '#EOF')

	counted
	works set br0 multicast_stats_enabled=on
	for name in "${names[@]}"; do
		ip link add "$name" type bridge 2> /dev/null || continue
	done
	brctl stats --openmetrics > "$BATS_TEST_TMPDIR/text"
	"$PYTHON" -I "$tests_dir/func/openmetrics.py" \
		< "$BATS_TEST_TMPDIR/text" > "$BATS_TEST_TMPDIR/samples"
	text=$(< "$BATS_TEST_TMPDIR/samples")
	[[ $text =~ vbridge_port_rx_packets_total\ [3-9]\ bridge=\'br0\'\ port=\'v0\' ]]
	[[ $text = *"vbridge_stp_rx_bpdu_total 0 bridge='br0' port='v0'"* ]]
	[[ $text = *"vbridge_multicast_tx_mld_v2_queries_total "* ]]
	[[ $text = *"vbridge_port_counted 1 bridge='br0' port='v0' group='multicast'"* ]]
	[[ $text = *"bridge='a\"b\\\\\\\\c'"* ]]
	[ "$(grep -c '^vbridge_port_rx_bytes_total ' <<< "$text")" -ge 10 ]
	[ "$(tail -n 1 "$BATS_TEST_TMPDIR/text")" = "# EOF" ]
}

@test "OpenMetrics text has VLANs" {
	needs vlan_filtering
	ip link add br0 type bridge vlan_filtering 1 vlan_stats_enabled 1
	brctl stats --openmetrics br0 > "$BATS_TEST_TMPDIR/text"
	run -0 "$PYTHON" -I "$tests_dir/func/openmetrics.py" \
		< "$BATS_TEST_TMPDIR/text"
	[[ $output = *"vbridge_vlan_rx_bytes_total 0 bridge='br0' port='br0' vlan='1'"* ]]
}

@test "what is not there, and what does not go together, is refused" {
	counted
	veth v1 w1
	ip link add br1 type bridge
	gives 1 "" 'brctl: cannot read the statistics of bridge "nope": No such device' \
		stats nope
	gives 1 "" 'brctl: cannot read the statistics of bridge "v0": it is not a bridge' \
		stats v0
	gives 1 "" 'brctl: cannot read the statistics of port "v1" of bridge "br0": it is not a port' \
		stats br0 v1
	gives 1 "" 'brctl: cannot read the statistics of port "v0" of bridge "br1": it is a port of another bridge' \
		stats br1 v0
	gives 1 "" 'brctl: --openmetrics does not go with --json or --interval' \
		stats --openmetrics -j
	gives 1 "" 'brctl: --openmetrics does not go with --json or --interval' \
		stats --openmetrics --interval 1
	gives 1 "" 'brctl: show: option --openmetrics is not supported' \
		show --openmetrics
	gives 1 "" 'brctl: showstp: option --interval is not supported' \
		showstp --interval 1 br0
}
