#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# tree: output formats, width, special names and errors.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	no_ipv6
	export LC_ALL=C
	for file in /proc/sys/net/bridge/bridge-nf-call-*; do
		[ ! -e "$file" ] || echo 0 > "$file"
	done
}

# small_bridge: creates br0 with addresses and the port of a guest; both are
# down.
small_bridge()
{
	ip link add br0 address 02:00:00:00:00:01 type bridge
	ip netns add vm0
	ip link add v0 address 02:00:00:00:00:02 type veth peer name eth0 \
		netns vm0
	ip link set v0 master br0
	ip address add 192.0.2.1/24 dev br0
	ip address add 198.51.100.1/24 dev br0
}

# graphviz SCRIPT: writes a program "dot" that copies the graph from stdin to
# the file "graph", and then runs SCRIPT.
graphviz()
{
	mkdir "$BATS_TEST_TMPDIR/bin"
	cat > "$BATS_TEST_TMPDIR/bin/dot" <<-END
	#!/bin/sh
	cat > "$BATS_TEST_TMPDIR/graph"
	$1
	END
	chmod +x "$BATS_TEST_TMPDIR/bin/dot"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

# --- width and colours ---------------------------------------------------------

@test "a long line is wrapped, and the drawing continues beside it" {
	small_bridge
	gives 0 "br0          bridge     down  192.0.2.1/24  198.51.100.1/24
\`-- v0       veth       down
    \`-- vm0  namespace  eth0" "" tree
	COLUMNS=57 gives 0 "br0          bridge     down  192.0.2.1/24
|                             198.51.100.1/24
\`-- v0       veth       down
    \`-- vm0  namespace  eth0" "" tree
	COLUMNS=30 gives 0 "br0          bridge     down
|   192.0.2.1/24
|   198.51.100.1/24
\`-- v0       veth       down
    \`-- vm0  namespace
            eth0" "" tree
}

@test "text that cannot be wrapped is cut" {
	small_bridge
	COLUMNS=16 gives 0 "br0          br~
|   192.0.2.1/24
|   198.51.100.~
\`-- v0       ve~
    \`-- vm0  na~
            eth0" "" tree
	COLUMNS=16 LC_ALL=C.UTF-8 gives 0 "br0          br…
│   192.0.2.1/24
│   198.51.100.…
└── v0       ve…
    └── vm0  na…
            eth0" "" tree
	for width in 1 2 3 5 8; do
		COLUMNS=$width brctl tree > "$BATS_TEST_TMPDIR/got"
		[ "$(wc -L < "$BATS_TEST_TMPDIR/got")" -le "$width" ]
	done
}

@test "a long list of VLANs is wrapped after a comma" {
	needs vlan_filtering
	ip link add br0 type bridge vlan_filtering 1
	pair v0 w0
	ip link set v0 master br0
	for vid in 10 12 14 16 18 20 22 24; do
		bridge vlan add dev v0 vid $vid
	done
	COLUMNS=47 gives 0 "br0         bridge  down  untagged 1
\`-- v0      veth    down  untagged 1
    |                     tagged 10,12,14,16,
    |                     18,20,22,24
    \`-- w0  veth    down" "" tree
}

@test "an invalid width is ignored" {
	small_bridge
	run -0 brctl tree
	for COLUMNS in 0 x -1 99999999999999999999; do
		[ "$(COLUMNS=$COLUMNS brctl tree)" = "$output" ]
	done
}

# on_terminal WORD...: runs a command on a terminal, and sets $output without
# carriage returns.
on_terminal()
{
	: | script -qec true /dev/null || skip "needs script"
	run -0 script -qec "$*" /dev/null
	output=${output//$'\r'}
}

@test "colours are only used on a terminal, except with dumb or NO_COLOR" {
	small_bridge
	on_terminal env TERM=xterm "$BRCTL" tree
	[ "${lines[1]//$'\r'}" = '`-- v0       veth       '$'\e[31mdown\e[0m' ]
	on_terminal env TERM=dumb "$BRCTL" tree
	[[ $output != *$'\e'* ]]
	on_terminal env TERM=xterm NO_COLOR=1 "$BRCTL" tree
	[[ $output != *$'\e'* ]]
	run -0 env TERM=xterm "$BRCTL" tree
	[[ $output != *$'\e'* ]]
}

@test "the terminal's width" {
	small_bridge
	on_terminal "stty cols 57; TERM=dumb '$BRCTL' tree"
	[ "${lines[1]//$'\r'}" = "|                             198.51.100.1/24" ]
}

# --- graphs --------------------------------------------------------------------

@test "the graph of a bridge, a guest and the VLAN device of the host" {
	small_bridge
	ip link add v1 type veth peer name w1
	ip link set v1 master br0
	index=$(cat /sys/class/net/br0/ifindex)
	gives 0 "graph bridges {
	node [shape=box];
	subgraph cluster_here {
		label=\"this namespace\";
		d$index [label=\"br0\\nbridge, down\\n192.0.2.1/24\\n198.51.100.1/24\", color=red, style=bold];
		d$((index + 1)) [label=\"v0\\nveth, down\", color=red];
		d$((index + 2)) [label=\"w1\\nveth, down\", color=red];
		d$((index + 3)) [label=\"v1\\nveth, down\", color=red];
	}
	subgraph cluster_$((index + 1)) {
		label=\"vm0\";
		labelloc=b;
		p$((index + 1)) [label=\"eth0\"];
	}
	d$index -- d$((index + 1));
	d$((index + 1)) -- p$((index + 1));
	d$((index + 2)) -- d$((index + 3));
	d$index -- d$((index + 3));
}" "" tree --dot
}

@test "namespaces in the graph have all their devices" {
	ip netns add vm0
	ip link add br0 type bridge
	for i in 0 1; do
		ip link add v$i type veth peer name eth$i netns vm0
		ip link set v$i master br0
	done
	run -0 brctl tree --dot
	[[ $output = *$'label="vm0";\n\t\tlabelloc=b;\n\t\tp'*$'[label="eth0"];\n\t\tp'*$'[label="eth1"];\n\t}'* ]]
	[ "$(grep -c "subgraph" <<< "$output")" -eq 2 ]
}

# A name must not end the label, begin an escape sequence of dot, or send
# control characters to the terminal.
@test "special characters in names are escaped in each format" {
	ip netns add $'n"\\\e&'
	ip link add $'b"\\\e[31m' type bridge
	ip link add $'p&lt;"\\l\xff' type veth peer name $'e"\\\e' \
		netns $'n"\\\e&'
	ip link set $'p&lt;"\\l\xff' master $'b"\\\e[31m'
	gives 0 'b"\\033[31m       bridge     down
`-- p&lt;"\l\377  veth       down
    `-- n"\\033&  namespace  e"\\033' "" tree
	brctl tree --dot > "$BATS_TEST_TMPDIR/got"
	grep -qF 'label="b\"\\\\033[31m\nbridge, down"' "$BATS_TEST_TMPDIR/got"
	grep -qF 'label="p&amp;lt;\"\\l\\377\nveth, down"' "$BATS_TEST_TMPDIR/got"
	grep -qF 'label="n\"\\\\033&amp;";' "$BATS_TEST_TMPDIR/got"
	grep -qF 'label="e\"\\\\033"];' "$BATS_TEST_TMPDIR/got"
	run -1 grep -q $'[\x01-\x08\x0b-\x1f\x7f-\xff]' \
		"$BATS_TEST_TMPDIR/got"
	[ -z "$(command -v dot)" ] || dot -Tsvg -o /dev/null \
		< "$BATS_TEST_TMPDIR/got"
}

# --- pictures ------------------------------------------------------------------

@test "Graphviz draws the graph into a file, or to stdout" {
	small_bridge
	graphviz 'echo "<svg $*>"'
	gives 0 "" "" tree --svg "$BATS_TEST_TMPDIR/x.svg"
	[ "$(< "$BATS_TEST_TMPDIR/x.svg")" = "<svg -Tsvg>" ]
	[ "$(< "$BATS_TEST_TMPDIR/graph")" = "$(brctl tree --dot)" ]
	gives 0 "<svg -Tsvg>" "" tree --svg=-
}

@test "without Graphviz, a message says what to install" {
	small_bridge
	mkdir "$BATS_TEST_TMPDIR/empty"
	PATH=$BATS_TEST_TMPDIR/empty gives 1 "" "brctl: --svg needs the program dot:\
 install Graphviz (package graphviz), or use --dot" tree --svg \
		"$BATS_TEST_TMPDIR/x.svg"
	[ ! -e "$BATS_TEST_TMPDIR/x.svg" ]
}

@test "if dot fails, an existing file is kept" {
	small_bridge
	echo old > "$BATS_TEST_TMPDIR/x.svg"
	graphviz 'echo "<svg"; exit 1'
	refuses "brctl: dot -Tsvg failed; there is no drawing" \
		tree --svg "$BATS_TEST_TMPDIR/x.svg"
	[ "$(< "$BATS_TEST_TMPDIR/x.svg")" = old ]
}

@test "dot cannot be run, and the file cannot be written" {
	small_bridge
	graphviz 'echo "<svg>"'
	refuses "brctl: cannot write \"/nowhere/x.svg\": No such file or\
 directory" tree --svg /nowhere/x.svg
	refuses 'brctl: cannot write "/dev/full": No space left on device' \
		tree --svg /dev/full
	chmod -x "$BATS_TEST_TMPDIR/bin/dot"
	PATH=$BATS_TEST_TMPDIR/bin refuses \
		'brctl: cannot run "dot -Tsvg": Permission denied' \
		tree --svg "$BATS_TEST_TMPDIR/x.svg"
}

# --- what check finds ----------------------------------------------------------

@test "--check marks devices with findings" {
	small_bridge
	ip link set br0 up
	gives 0 "br0          bridge     no carrier  192.0.2.1/24  198.51.100.1/24
\`-- v0       veth       down        [warning: port-down]
    \`-- vm0  namespace  eth0" "" tree --check
	run -0 brctl tree --check --dot
	[[ $output = *'[label="v0\nveth, down\nwarning: port-down", color=red];'* ]]
	needs json
	run -0 brctl -j --check tree
	[[ $output = *'"findings":[{"rule":"port-down","severity":"warning"}]}'* ]]
}

@test "marks have the colour of their severity" {
	small_bridge
	ip link set br0 up
	on_terminal env TERM=xterm "$BRCTL" tree --check
	[[ ${lines[1]} = *$'\e[33m[warning: port-down]\e[0m'* ]]
}

# --- where a frame goes --------------------------------------------------------

# three_ports: br0 with the ports v0, v1 and v2, which forward.
three_ports()
{
	no_ipv6
	ip link add br0 type bridge mcast_snooping 0
	for port in v0 v1 v2; do
		pair "$port" "far-$port"
		ip link set "far-$port" up
		ip link set "$port" up master br0
	done
	ip link set br0 up
	forwarding v0 v1 v2
}

# marks LINES WORD...: checks the names and marks of the drawing.
marks()
{
	local want=$1

	shift
	run -0 brctl tree "$@"
	[ "$(sed -nE 's/^[^a-z]*([a-z0-9]+) [^[]*(\[w[^]]*\] *)?(\[trace.*)/\1 \3/p' \
		<<< "$output")" = "$want" ] || { echo "$output"; return 1; }
}

@test "--trace marks where a frame goes" {
	three_ports
	ip link set v2 type bridge_slave flood off
	marks "v0 [trace: in]
v1 [trace: out]
v2 [trace: skip: flood]" --trace "v0 dst 02:00:00:00:00:01"
	marks "br0 [trace: in]
v0 [trace: out]
v1 [trace: out]
v2 [trace: out]" --trace "host dst ff:ff:ff:ff:ff:ff" br0
	marks "br0 [trace: host]
v0 [trace: in VLAN 5]
v1 [trace: out VLAN 5]
v2 [trace: out VLAN 5]" --trace "v0 vlan 5 dst ff:ff:ff:ff:ff:ff"
	ip link set v0 down
	marks "v0 [trace: in]  [trace: drop: device]" \
		--trace "v0 dst 02:00:00:00:00:01" --check
	run -0 brctl tree --dot --trace "v0 dst 02:00:00:00:00:01"
	[[ $output = *'trace: in\ntrace: drop: device"'* ]]
}

@test "--trace as JSON" {
	needs json
	three_ports
	run -0 brctl -j tree --trace "v0 vlan 5 dst 02:00:00:00:00:01"
	[[ $output = *'"device":"br0",'*'"trace":[]}'* ]]
	[[ $output = *'"device":"v0",'*'"trace":[{"verdict":"in","step":null,"vlan":5}]}'* ]]
	[[ $output = *'"device":"v1",'*'"trace":[{"verdict":"out","step":null,"vlan":5}]}'* ]]
	ip link set v0 down
	run -0 brctl -j tree --trace "v0 vlan 5 dst 02:00:00:00:00:01"
	[[ $output = *'{"verdict":"drop","step":"device","vlan":null}]}'* ]]
}

@test "--trace of a frame that cannot be" {
	three_ports
	ip link add br1 type bridge
	refuses 'brctl: "nope" is not a port of a bridge that is drawn' \
		tree --trace nope
	refuses 'brctl: "v0" is not a port of a bridge that is drawn' \
		tree --trace "v0 dst 02:00:00:00:00:01" br1
	refuses 'brctl: name the bridge that a frame from "host" goes through' \
		tree --trace "host dst 02:00:00:00:00:01"
	refuses 'brctl: --trace needs the port or "host" where a frame comes in, and then words of trace: " "' \
		tree --trace " "
	refuses 'brctl: "to" is not one of in, src, dst, vlan, inner, type, group, source and len' \
		tree --trace "v0 to v1"
	refuses 'brctl: cannot trace a frame through bridge "br0": the frame has no destination' \
		tree --trace v0
	refuses "brctl: show: option --trace is not supported" show --trace v0
}

# --- errors ------------------------------------------------------------------

@test "a missing bridge, and a device that is not a bridge, are refused" {
	pair v0 w0
	refuses 'brctl: cannot read bridge "v0": it is not a bridge' tree v0
	refuses 'brctl: cannot read bridge "nope": No such device' tree nope
	ip link add br0 type bridge
	refuses 'brctl: cannot read bridge "nope": No such device' tree br0 nope
	refuses 'brctl: cannot read bridge "nope": No such device' \
		tree --check nope
}

@test "conflicting options, and options of other commands, are refused" {
	for words in "-j --dot" "-j --svg x" "--dot --svg x"; do
		# shellcheck disable=SC2086
		refuses "brctl: --json, --dot and --svg exclude each other" \
			tree $words
	done
	refuses "brctl: show: option --dot is not supported" show --dot
	refuses "brctl: show: option --svg is not supported" show --svg x
	refuses "brctl: show: option --check is not supported" show --check
	refuses "brctl: tree: option --explain is not supported" \
		tree --explain x
}

@test "an alternative name, in another namespace" {
	ip netns add away
	ip -n away link add br0 type bridge
	ip -n away link property add dev br0 altname uplink-bridge
	gives 0 "br0  bridge  down" "" -n away tree uplink-bridge
	run -0 brctl -n away tree --dot
	[[ $output = *'label="away";'* ]]
}

@test "without /proc and /sys" {
	! grep -q __asan_init "$BRCTL" || skip "needs a build without sanitizers"
	small_bridge
	ip tuntap add tap0 mode tap 2> /dev/null || skip "needs tap"
	ip link set tap0 master br0
	run -0 in_empty "$BRCTL" tree
	[ "$output" = "br0          bridge     down  192.0.2.1/24  198.51.100.1/24
|-- tap0     tap        down
\`-- v0       veth       down
    \`-- vm0  namespace  eth0" ]
}

@test "devices that are added and deleted during the command" {
	small_bridge
	devices_come_and_go
	for i in {1..30}; do
		if ! brctl tree > "$BATS_TEST_TMPDIR/got" \
				2> "$BATS_TEST_TMPDIR/err"; then
			grep -q "^brctl: cannot read .*: " \
				"$BATS_TEST_TMPDIR/err"
			continue
		fi
		grep -q '^`-- \|^|-- v0 ' "$BATS_TEST_TMPDIR/got"
		grep -q '    *`-- vm0  *namespace  eth0$' \
			"$BATS_TEST_TMPDIR/got"
	done
}

@test "a full disk" {
	small_bridge
	run -1 --separate-stderr sh -c 'exec "$0" tree > /dev/full' "$BRCTL"
	[ "$stderr" = "brctl: write error: No space left on device" ]
}

@test "tree in a batch shows all bridges" {
	small_bridge
	echo tree > "$BATS_TEST_TMPDIR/batch"
	run -0 brctl batch "$BATS_TEST_TMPDIR/batch"
	[ "$output" = "$(brctl tree)" ]
}
