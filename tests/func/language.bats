#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Every command in two languages: help and diagnostics are translated; output
# that scripts read is not.
#
# environment: ns

load ../common.bash
load drawing.bash
load language.bash

setup()
{
	needs_catalogues
}

# commands TOOL: prints all commands of the tool.
commands()
{
	"$1" --help | sed -n 's/^\t\([a-z][a-z_]*\)[ \t].*/\1/p; s/^\t\([a-z]*\)$/\1/p'
}

# Command lines that succeed, or that are refused because of the state or a
# value. A command without a row fails the test.
brctl_rows()
{
	cat <<-'END'
	addbr br7
	addbr br0
	addbr this-name-is-too-long
	delbr br7
	delbr nope
	delbr v0
	addif br1 w1
	addif br0 v0
	addif nope v0
	addif br0 nope
	delif br1 w1
	delif br0 w0
	hairpin br0 v0 on
	hairpin br0 v0 maybe
	setageing br1 20.5
	setageing br1 20,5
	setageing nope 20
	setbridgeprio br0 99999999
	setbridgeprio br0 7
	setfd br0 7.25
	setfd nope 5
	sethello br0 1.5
	sethello br0 x
	setmaxage br0 12.75
	setmaxage br0 99999999
	setpathcost br0 v0 77
	setpathcost br0 w0 77
	setpathcost br0 v0 -5
	setportprio br0 v0 7
	setportprio br0 v0 x
	show
	show br0 nope w0
	showmacs br0
	showmacs --long br0
	showmacs nope
	showmacs br0 -j
	showstp br0
	showstp -j br0
	showstp w0
	stp br0 on
	stp br0 x
	set br1 ageing_time=1.5 hello_time=1.25
	set br1 ageing_time=1,5
	set br0 agein_time=1
	set br0 isolated=1
	set br0 stp_mode=nobody
	set br0 priority=99999999
	set br0 priority
	set br0 root_id=1
	set br0 priority=1 priority=2
	set br0 group_addr=x
	set br0 vlan_protocol=x
	set nope priority=1
	set w0 priority=1
	get br0
	get -j br0
	get br0 ageing_time nope
	get nope
	get br0,br1 ageing_time
	set br0,,br1 ageing_time=1
	set br0,br0 ageing_time=1
	set br0,br1 stp_state=on
	setport br1 all priority=3
	setport br0 v0 priority=3 path_cost=9
	setport br0 w0 priority=3
	setport br0 v0 nope=3
	setport br0 v0 backup_port=nope
	getport br0
	getport -j br0 v0
	addbridge br9 priority=7 mtu 1400 sideways
	addbridge br9 priority=7 group_fwd_mask=7
	addbridge br%d
	addbridge br9 mtu 5
	addbridge br9 --dry-run
	addbridge br0 priority=7
	addbridge br0 priority=9 --may-exist
	addport br0 w0,nope
	addport br0 w0 vlan 5 vlan 4-6
	addport br0 w0 pvid
	addport br0 w0 sideways
	addport br0 w0 state=disabled
	addport br0 w0,v0
	addport br1 v0
	addport br0 lo
	addport br0 br1
	addport br0 w0 group_fwd_mask=2
	addport br0 w0 isolated=on --dry-run
	delbridge br0 if-empty
	delbridge br0 sideways
	delbridge br0
	delbridge br9 force --if-exists
	adopt br9 nope
	adopt br9 v0
	adopt br9 lo
	adopt br9 br0
	adopt v0 w0
	adopt this-name-is-too-long w0
	adopt br9 w0 vlan 4095
	adopt br9 w0 vlan 10 sideways
	adopt br9 w0 --dry-run
	release br0 w0
	release nope v0
	release br0 v0 --dry-run
	link br0
	link br0 up
	link br0 sideways
	link br0 mtu
	link br0 mtu x
	link br0 mtu 20
	link br0 address
	link br0 address x
	link br0 address 01:00:00:00:00:00
	link br0 up up
	link br0 up down
	link br0 -j up
	link br0 --dry-run
	link br0 mtu 1
	link nope
	link nope up
	link nope address 02:00:00:00:00:07
	link nope mtu 1500 up
	getport br0 v0 backup_port
	getport br0 w0
	getport br0 isolatd
	options
	options -j
	options port vlan
	options nope
	addvlan br0 v0,v1 10,20-29
	addvlan br0 v0 10 nope
	addvlan br0 v0 4095
	addvlan br0 v0 20-10
	addvlan br0 v0 10 tunnel x
	addvlan br0 v0 10-20 pvid
	addvlan br0 w0 10
	delvlan br0 v0 10
	delvlan br0 v0 10 nope
	delvlan br0 v0,v1 10 tunnel
	setvlan br0 v0 20 state=disabled
	setvlan br0 v0,v1 20 state=disabled
	setvlan br0 v0 20 state=nope
	getvlan br0 v0 20
	getvlan -j br0 v0,v1 20 state
	getvlan br0 v0 77
	getvlan br0 v0 20 nope
	showvlans
	showvlans -j br0
	showvlans nope
	addmac br0 v0 02:00:00:00:00:07 static
	addmac br0 v0 01:00:5e:00:00:07
	addmac br0 v0 nope
	addmac br0 v0 02:00:00:00:00:08 vlan 0
	addmac br0 v0 02:00:00:00:00:08 static local
	addmac br0 v0 02:00:00:00:00:08 nope
	addmac br0 v0 02:00:00:00:00:08 replace
	addmac br0 v0 02:00:00:00:00:08 append
	addmac br0 v0 02:00:00:00:00:08 router
	addmac br0 v0 02:00:00:00:00:08 use static
	addmac br0 v0 02:00:00:00:00:08 dst 10.0.0.1
	addmac br0 v0 02:00:00:00:00:08 vni x
	addmac br0 v0 02:00:00:00:00:08 port 0
	addmac br0 v0 02:00:00:00:00:08 nhid
	getmac br0 02:00:00:00:00:07
	getmac br0 02:00:00:00:00:99
	getmac br0 02:00:00:00:00:07 nope
	addvni v0 5
	addvni v0 nope
	addvni v0 5 nope
	delvni v0 5
	showvnis v0
	delmac br0 v0 02:00:00:00:00:07
	delmac br0 v0 02:00:00:00:00:99
	delmac br0 v0 02:00:00:00:00:99 nope
	delmac --if-exists br0 v0 02:00:00:00:00:99
	flush br0 port
	flush br0 nope
	flush br0 static
	flush nope
	flush br0 dst 10.0.0.1
	flush br0 port v0 self
	addgroup br0 v0 239.1.2.3
	addgroup br0 v0 10.1.2.3
	addgroup br0 v0 nope
	addgroup br0 v0 239.1.2.3 source nope
	addgroup br0 v0 239.1.2.3 nope
	delgroup br0 v0 239.1.2.3
	delgroup br0 v0 239.1.2.99
	delgroup br0 v0 239.1.2.3 nope
	addgroup br0 v0 239.1.2.4 filter nope
	addgroup br0 v0 239.1.2.4 filter include
	addgroup br0 v0 239.1.2.4 sources 10.0.0.1
	addgroup br0 v0 239.1.2.4 replace
	addgroup br0 v0 239.1.2.4 filter exclude sources 10.0.0.1
	addgroup br0 v0 239.1.2.4 proto nope
	addgroup br0 v0 239.1.2.4 dst nope
	addgroup br0 v0 239.1.2.4 vni 0
	addgroup br0 br0 239.1.2.4 proto bird
	getgroup br0 239.1.2.4
	getgroup br0 239.1.2.5
	getgroup br0 239.1.2.4 nope
	flushgroups br0 nope
	flushgroups br0 source 10.0.0.1
	flushgroups br0
	setmst br0 v0 0 forwarding
	setmst br0 v0 1 nope
	setmst br0 v0 1 forwarding
	showmst
	showmst nope
	showmrp
	showmrp nope
	showcfm
	showcfm nope
	showgroups
	showgroups -j
	showgroups nope
	trace br0 in v0 dst ff:ff:ff:ff:ff:ff
	trace br0 in nope dst 02:00:00:00:00:01
	trace br0 in v0 dst nope
	--follow trace br0 in host dst gateway
	why br0 v0 br0
	why -j br0 v0 br0
	why br0 v0 v0
	why br0 v0 nope
	why br0 v0 02:00:00:00:00:99
	why br0 v0 01:00:5e:00:00:01
	why br0 v0 192.0.2.99
	why br0 v0 lo
	why br0 v0 host vlan 4095
	why br0 v0 host nope
	reach br0
	reach -j br0
	reach --after link\ v0\ down
	reach --after flush\ br0
	reach --after link\ v0\ down --diff /nope
	reach --diff /nope br0
	trace --live --wait 0 br0 in v0
	trace --live --count 0 br0 in v0
	trace --live --wait x br0 in v0
	trace --live --send br0 in v0
	trace --send br0 in v0
	reach nope
	reach v0
	stats nope
	stats br0 nope
	stats --openmetrics -j
	stats --interval 0
	stats --interval=-1 br0
	nf
	nf -j
	setnf call-iptables on
	setnf call-iptables maybe
	setnf nope on
	setnf call-iptables=on call-iptables=off
	watch nope
	help addbr
	help nope
	help fdb
	batch nope
	batch /
	--keep-going --test batch /dev/null
	batch --dry-run
	tree
	tree nope
	tree w0
	tree --dot --check br0
	tree --trace=host br0
	tree --trace=nope
	tree --trace= br0
	tree -j --dot
	--svg / tree br0
	--svg / show
	check
	check nope
	check --list
	check --explain mtu-mismatch
	check --explain nope
	check --list br0
	save
	save br0
	save w0
	save nope
	diff nope
	diff /
	diff /dev/null
	confirm
	rollback
	--confirm 0 addbr br9
	--confirm 9 show
	--atomic --keep-going batch /dev/null
	restore nope
	restore --dry-run /dev/null
	restore --exact /dev/null
	restore --wait 0 /dev/null
	restore --wait x /dev/null
	save -j
	setageingtime br1 1.5
	setgcint br0 5
	setmcsnoop br0 off
	setmcrouter br0 99
	setmcquerier br0 x
	setmcqifaddr br0 on
	sethashel br0 x
	sethashmax br0 512
	setmclmc br0 5
	setmcsqc br0 5
	setmclmi br0 1.5
	setmcmi br0 1,5
	setmcqpi nope 1
	setmcqi br0 150.5
	setmcqri br0 x
	setmcsqi br0 31.25
	setportmcrouter br0 v0 7
	setportmcfl br0 v0 maybe
	-n nope show
	--nope show
	--netns
	-x
	shwo br0
	sett br0 priority=1
	--version
	--dry-run addbr br9
	--complete ''
	--complete set br0 ''
	--complete getport br0 v
	END
}

vconfig_rows()
{
	cat <<-'END'
	add w0 5
	add w0 5
	add w0 9-7
	add w0 9999
	add w0 6 protocol nope
	add w0 6 nope
	add nope 5
	add w0 6 name this-name-is-too-long
	rem w0.5
	rem nope
	rem w0
	rem this-name-is-too-long
	set_flag w0 1 1
	set_flag nope 1 2
	set_flag nope x 1
	set_egress_map nope 1 9
	set_egress_map w0 1 1
	set_ingress_map nope x 1
	set_ingress_map w0 1 1
	set_name_type nope
	batch nope
	batch --test /dev/null
	set_name_type DEV_PLUS_VID_NO_PAD
	show
	show -j
	show w0
	show nope
	help nope
	nope
	nope w0
	add
	-n
	-n nope show
	--json add w0 5
	--if-exists rem nope
	--dry-run rem nope
	--version
	--complete ''
	--complete set_flag nope ''
	END
}

# every TOOL LEAST: runs all rows; they must produce at least LEAST lines of
# our own.
every()
{
	local command

	twins
	for command in $(commands "$1"); do
		"$1_rows" | grep -q "^$command\( \|$\)" ||
			{ echo "no row for $command"; return 1; }
	done
	alike "$1" < <("$1_rows")
	[ "$said" -ge "$2" ]
}

@test "brctl: all commands, successful and refused" {
	every brctl 60
}

@test "vconfig: all commands, successful and refused" {
	every vconfig 8
}

@test "commands about VLANs, with a kernel that has them" {
	needs vlan_filtering 8021q
	twins
	alike brctl < <(brctl_rows | grep vlan)
	[ "$said" -ge 10 ]
	alike vconfig < <(vconfig_rows)
	[ "$said" -ge 8 ]
}

@test "each command with missing, unknown and unsupported arguments" {
	local command option

	twins
	for command in $(commands brctl); do
		case $command in watch|batch|diff|restore|help) ;; *) echo "$command" ;; esac
		echo "$command nope x=y '' \$'a\\nb' z"
	done > "$BATS_TEST_TMPDIR/words"
	for option in json long statistics settable may-exist if-exists dry-run; do
		printf -- "--$option %s\n" addbr\ x show\ x "setgcint x 1"
	done >> "$BATS_TEST_TMPDIR/words"
	alike brctl < "$BATS_TEST_TMPDIR/words"
	[ "$said" -ge 20 ]
	for command in $(commands vconfig); do
		echo "$command nope x '' \$'a\\nb'"
		echo "$command 1 2 3 4 5 6 7"
	done > "$BATS_TEST_TMPDIR/words"
	alike vconfig < "$BATS_TEST_TMPDIR/words"
}

@test "errors without CAP_NET_ADMIN are translated" {
	local without="setpriv --bounding-set=-net_admin --inh-caps=-net_admin"

	twins
	alike brctl <<-'END'
	addbr br9
	set br0 priority=1
	addmac br0 v0 02:00:00:00:00:07
	END
	[ "$said" -ge 3 ]
	alike vconfig <<-'END'
	add w0 5
	END
	[ "$said" -ge 1 ]
}

# helps PATTERN PROGRAM COUNT: checks that the help is translated from the
# first line that matches PATTERN on, and unchanged before it.
helps()
{
	local -a a b
	local i ours=false marked=0 text tabs=$'\t\t\t'

	mapfile -t a < <("${english[@]}" "$2" --help)
	mapfile -t b < <("${pseudo[@]}" "$2" --help)
	[ ${#a[@]} -eq ${#b[@]} ]
	for i in "${!a[@]}"; do
		[[ ! ${a[i]} =~ $1 ]] || ours=true
		text=${a[i]}
		# Translated text follows two blanks or tabs, or begins the
		# line.
		if $ours && [[ $text =~ ^[a-zA-Z]|("  "|$tabs)[a-z] ]] &&
		   [[ ! $text =~ (vlan5|vlan0005|eth0\.) || $text = TYPE* ]]; then
			marked=$((marked + 1))
			[[ ${b[i]} = *⟦*⟧ ]] || { echo "${b[i]}"; return 1; }
			unmarked "${b[i]}"
			[ "$plain" = "$text" ] || { echo "$plain"; return 1; }
		elif [ "${b[i]}" != "$text" ]; then
			echo "changed: ${b[i]}"
			return 1
		fi
	done
	echo "$marked lines are marked"
	[ "$marked" -ge "$3" ]
}

@test "brctl's help is translated, except the classic part" {
	helps "^new commands:" "$BRCTL" 50
}

@test "vconfig's help is translated" {
	helps "^PRIORITY" "$VCONFIG" 15
}

@test "the output of watch is the same in all languages" {
	needs json
	local twin

	twins
	for twin in plain marked; do
		watches $twin -j fdb
		brctl -n $twin addmac br0 v0 02:00:00:00:05:05 static
		poll 10 grep -q 02:00:00:00:05:05 "$BATS_TEST_TMPDIR/$twin.out"
		stops_watching
		cp "$BATS_TEST_TMPDIR/$twin.out" "$BATS_TEST_TMPDIR/$twin.json"
		watches $twin
		ip -n $twin link set br1 down
		brctl -n $twin addif br1 w0
		brctl -n $twin delif br1 w0
		poll 10 grep -q "gone port br1 w0" "$BATS_TEST_TMPDIR/$twin.out"
		stops_watching
		cat "$BATS_TEST_TMPDIR/$twin.json" >> "$BATS_TEST_TMPDIR/$twin.out"
		sed -i 's/^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]\{6\} //
			s/"time":"[^",]*Z"//' "$BATS_TEST_TMPDIR/$twin.out"
	done
	grep -q "^port br1 w0" "$BATS_TEST_TMPDIR/plain.out"
	same_out watch "$BATS_TEST_TMPDIR"/{plain,marked}.out ||
		complain watch "stdout" "$BATS_TEST_TMPDIR"/{plain,marked}
	[ ! -s "$BATS_TEST_TMPDIR/marked.err" ]
}

# Waits for the end, so that the socket is not mistaken for that of the next
# watch.
stops_watching()
{
	kill "$watcher"
	wait "$watcher" || :
}

# watches TWIN WORD...: starts watch in the background, and returns when it
# receives events.
watches()
{
	local -a language=("${english[@]}")

	[ "$1" = plain ] || language=("${pseudo[@]}")
	"${language[@]}" nsenter "--net=/run/netns/$1" "$BRCTL" watch "${@:2}" \
		> "$BATS_TEST_TMPDIR/$1.out" 2> "$BATS_TEST_TMPDIR/$1.err" 3>&- &
	watcher=$!
	child_pids+=("$watcher")
	poll 10 ip netns exec "$1" awk 'NR > 1 && $4 != "00000000" { n = 1 }
		END { exit !n }' /proc/net/netlink
}
