#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# --confirm, confirm and rollback; batch --atomic.
# environment: ns

load ../common.bash
load exact.bash
load saved.bash

setup()
{
	FILE="$BATS_TEST_TMPDIR/file"
	SAVED="$BATS_TEST_TMPDIR/saved"
	rm -rf /run/vbridge
	pair v0 w0
	pair v1 w1
	works addbr br0
	works addif br0 v0
}

teardown()
{
	pkill -KILL -x vbridge-guard || :
	poll 5 guard_is_gone
	umount /run/vbridge 2> /dev/null || :
	rm -rf /run/vbridge
	ip rule del table 77 2> /dev/null || :
	clean_environment
}

guard_is_gone()
{
	! pgrep -x vbridge-guard > /dev/null
}

waits_for()
{
	echo "brctl: undone in $1 s, unless \"brctl confirm\" is run"
}

@test "a change that nobody confirms is undone" {
	remembers
	gives 0 "" "$(waits_for 1)" --confirm 1 addif br0 v1 < /dev/null
	is_port br0 v1
	poll 10 guard_is_gone
	is_as_before
	refuses "brctl: cannot confirm a change: nobody confirmed the change in\
 time, and it was undone" confirm
	refuses "brctl: cannot undo the last change: there is none" rollback
}

@test "a confirmed change stays, and rollback undoes it once" {
	remembers
	gives 0 "" "$(waits_for 60)" addif br0 v1 --confirm 60 < /dev/null
	works confirm
	poll 10 guard_is_gone
	is_port br0 v1
	refuses "brctl: cannot confirm a change: no change waits for confirmation" confirm
	gives 0 "dry run: rollback" "" --dry-run rollback
	is_port br0 v1
	works rollback
	is_as_before
	refuses "brctl: cannot undo the last change: there is none" rollback
}

@test "rollback undoes a change that is not confirmed yet" {
	remembers
	gives 0 "" "$(waits_for 60)" --confirm 60 set br0 ageing_time=7 \
		forward_delay=5 < /dev/null
	works rollback
	poll 10 guard_is_gone
	is_as_before
	refuses "brctl: cannot confirm a change: no change waits for confirmation" confirm
}

# manager SCRIPT: makes brctl find a running systemd, with this script as
# busctl.
manager()
{
	mkdir -p /run/systemd/system "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/sh\n%s\n' "$1" > "$BATS_TEST_TMPDIR/bin/busctl"
	chmod +x "$BATS_TEST_TMPDIR/bin/busctl"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

@test "where systemd runs, the guard gets a scope of its own" {
	# shellcheck disable=SC2016 # the script expands it
	manager 'echo "$@" > '"$SAVED"
	gives 0 "" "$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	local guard
	poll 10 pgrep -x vbridge-guard > /dev/null
	guard=$(pgrep -x vbridge-guard)
	grep -q "StartTransientUnit .*vbridge-guard-$guard.scope.* PIDs au 1 $guard 0\$" \
		"$SAVED"
	works confirm
	poll 10 guard_is_gone
	manager 'exit 1'
	gives 0 "" "brctl: the process that waits for the confirmation may end\
 with this session: systemd gives it no scope of its own
$(waits_for 60)" --confirm 60 delif br0 v1 < /dev/null
	works confirm
	rm -rf /run/systemd
}

@test "a second change is refused while one waits; the error names the first" {
	gives 0 "" "$(waits_for 60)" --confirm=60 addif br0 v1 < /dev/null
	remembers
	refuses "brctl: cannot wait for a confirmation: another change has not\
 been confirmed yet: addif br0 v1" --confirm 60 delbr br0
	is_as_before
}

@test "a change that fails is undone at once" {
	remembers
	printf 'addbr br1\naddif br1 v1\nset br1 ageing_time=x\n' > "$FILE"
	gives 1 "" "brctl: \"x\" is not a value of ageing_time: it takes seconds
brctl: $FILE:3: set br1 ageing_time=x
brctl: the change was undone" --confirm 60 batch "$FILE"
	poll 10 guard_is_gone
	is_as_before
}

@test "later changes of others are kept and reported" {
	gives 0 "" "$(waits_for 60)" --confirm 60 set br0 ageing_time=7 \
		hello_time=3 < /dev/null
	works set br0 ageing_time=9
	works addbr br9
	gives 0 "" "brctl: others have set this since, and it stays: brctl set\
 br0 ageing_time=9.00" rollback
	gives 0 "ageing_time=9.00
hello_time=2.00" "" get br0 ageing_time hello_time
	exists br9/bridge
}

@test "ports that others added to a deleted bridge are reported" {
	gives 0 "" "$(waits_for 60)" --confirm 60 addbr br1 < /dev/null
	works addif br1 v1
	gives 0 "" "brctl: lost: brctl addif br1 v1
brctl: lost: brctl setport br1 v1 path_cost=2" rollback
	run ! exists br1
}

@test "a VLAN device that others made a port is deleted and reported" {
	needs 8021q
	works addbr br9
	quiet save
	cp "$BATS_TEST_TMPDIR/out" "$SAVED"
	echo "vconfig add w0 10" > "$FILE"
	quiet batch "$FILE"
	works addif br9 w0.10
	gives 0 "" "brctl: lost: brctl addif br9 w0.10
brctl: lost: brctl setport br9 w0.10 path_cost=2" rollback
	run ! exists w0.10
	quiet save
	diff -u "$SAVED" "$BATS_TEST_TMPDIR/out"
}

# The new bridge has another index, so only the configuration is compared.
@test "a deleted bridge is restored completely" {
	works addif br0 v1
	works set br0 ageing_time=5 priority=4096
	works setport br0 v1 isolated=on path_cost=77
	works addmac br0 v1 02:00:00:00:00:07 static
	quiet save
	cp "$BATS_TEST_TMPDIR/out" "$SAVED"
	gives 0 "" "$(waits_for 60)" --confirm 60 delbr br0 < /dev/null
	run ! exists br0
	works rollback
	quiet save
	diff -u "$SAVED" "$BATS_TEST_TMPDIR/out"
}

@test "VLANs and VLAN devices on a bridge are restored" {
	needs vlan_filtering 8021q
	works set br0 vlan_filtering=on
	works addvlan br0 v0 10,20-29
	works addvlan br0 br0 10
	echo 'vconfig add br0 10 name br0.10' > "$FILE"
	quiet batch "$FILE"
	quiet save
	cp "$BATS_TEST_TMPDIR/out" "$SAVED"
	printf '%s\n' 'vconfig rem br0.10' 'delvlan br0 v0 22' \
		'set br0 default_pvid=5' 'addif br0 v1' > "$FILE"
	quiet --confirm 60 batch "$FILE" < /dev/null
	run ! exists br0.10
	works rollback
	quiet save
	diff -u "$SAVED" "$BATS_TEST_TMPDIR/out"
}

# ip_state: prints addresses, routes and rules, except those that the kernel
# adds itself.
ip_state()
{
	ip -4 -o address show | cut -d ' ' -f 2-
	ip -6 -o address show scope global | cut -d ' ' -f 2-
	ip route show table all |
		sed -E '/^(local|broadcast|multicast|fe80|anycast)/d'
	ip -6 route show | sed '/^fe80/d'
	ip rule show
}

addresses_on()
{
	ip address add 10.0.0.1/24 dev "$1" &&
	ip address add fd00::1/64 dev "$1" nodad &&
	ip link set dev "$1" up &&
	ip route add default via 10.0.0.2 &&
	ip route add 10.9.0.0/16 via 10.0.0.2 table 77 &&
	ip -6 route add fd01::/64 via fd00::2 &&
	ip rule add from 10.0.0.1 table 77
}

@test "adopt without confirmation: addresses and routes return to the NIC" {
	ip link set dev w1 up
	addresses_on v1
	ip_state > "$FILE"
	quiet save
	cp "$BATS_TEST_TMPDIR/out" "$SAVED"
	gives 0 "" "$(waits_for 1)" --confirm 1 adopt br7 v1 < /dev/null
	is_port br7 v1
	ip -4 -o address show dev br7 | grep -q 10.0.0.1/24
	poll 10 guard_is_gone
	quiet save
	diff -u "$SAVED" "$BATS_TEST_TMPDIR/out"
	ip_state | diff -u "$FILE" -
}

@test "rollback of adopt: the bridge keeps the addresses that it had before" {
	ip link set dev w1 up
	ip link set dev w0 up
	ip link set dev v0 up
	ip link set dev br0 up
	ip address add 10.5.0.1/24 dev br0
	addresses_on v1
	ip_state > "$FILE"
	gives 0 "" "$(waits_for 60)" --confirm 60 adopt br0 v1 < /dev/null
	ip -4 -o address show dev br0 | grep -q 10.0.0.1/24
	works confirm
	works rollback
	run ! is_port br0 v1
	ip_state | diff -u "$FILE" -
}

@test "a restored bridge has its addresses and routes" {
	ip link set dev br0 up
	addresses_on br0
	ip_state > "$FILE"
	printf '%s\n' 'link br0 down' 'delbr br0' > "$SAVED"
	works batch "$SAVED"
	run ! exists br0
	works rollback
	ip_state | diff -u "$FILE" -
}

@test "the undo restores routes that it removed, also routes of others" {
	ip link set dev w0 up
	ip link set dev br0 up
	addresses_on v0
	ip_state > "$FILE"
	gives 0 "" "$(waits_for 60)" --confirm 60 delif br0 v0 < /dev/null
	ip route add 10.8.0.0/16 via 10.0.0.2
	works rollback
	is_port br0 v0
	ip route show 10.8.0.0/16 | grep -q 10.0.0.2
	ip route del 10.8.0.0/16
	ip_state | diff -u "$FILE" -
}

@test "a route over two devices is restored if one was deleted" {
	ip link set dev w1 up
	ip link set dev v1 up
	ip link set dev br0 up
	ip address add 10.1.0.1/24 dev br0
	ip address add 10.2.0.1/24 dev v1
	ip route add 10.7.0.0/16 nexthop via 10.1.0.2 nexthop via 10.2.0.2
	ip_state > "$FILE"
	printf '%s\n' 'link br0 down' 'delbr br0' > "$SAVED"
	works batch "$SAVED"
	works rollback
	ip_state | diff -u "$FILE" -
}

@test "addresses are restored although another part of the undo fails" {
	works addif br0 v1
	ip link set dev br0 up
	addresses_on br0
	ip_state | grep -v ' v1 ' > "$FILE"
	printf '%s\n' 'link br0 down' 'delbr br0' > "$SAVED"
	works batch "$SAVED"
	ip link del v1
	run ! quiet rollback
	grep -q 'No such device; not undone: brctl addif br0 v1$' \
		"$BATS_TEST_TMPDIR/err"
	ip_state | diff -u "$FILE" -
}

@test "addresses that others have set since are kept" {
	ip link set dev br0 up
	addresses_on br0
	gives 0 "" "$(waits_for 60)" --confirm 60 set br0 ageing_time=7 \
		< /dev/null
	ip address del 10.0.0.1/24 dev br0
	ip address add 10.0.0.7/24 dev br0
	works rollback
	ip -4 -o address show dev br0 | grep -q 10.0.0.7/24
	run ! grep -q 10.0.0.1/24 <(ip -4 -o address show dev br0)
}

@test "a device that was renamed or deleted meanwhile is named" {
	gives 0 "" "$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	ip link set v1 name v9
	gives 0 "" 'brctl: lost: "v1" was deleted or renamed: its change is not'\
' undone' rollback
	ip link show master br0 | grep -q v9
	gives 0 "" "$(waits_for 60)" --confirm 60 set br0 ageing_time=7 < /dev/null
	ip link set v9 name v1
	works rollback
	works delif br0 v1
	gives 0 "" "$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	ip link del v1
	gives 0 "" 'brctl: lost: "v1" was deleted or renamed: its change is not'\
' undone' rollback
	poll 10 guard_is_gone
	is_port br0 v0
}

@test "an unprivileged user cannot confirm" {
	needs_jq
	gives 0 "" "$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	chmod 755 "$BATS_TEST_TMPDIR"
	run -1 setpriv --reuid 65534 --clear-groups "$BRCTL" confirm
	[ "$output" = "brctl: cannot confirm a change: another user has made the\
 change" ]
	works confirm
}

@test "the tool is killed during the change: the guard undoes the change" {
	remembers
	mkfifo "$FILE"
	"$BRCTL" --confirm 60 batch "$FILE" > /dev/null 2>&1 3>&- &
	local tool=$!
	exec 7<> "$FILE"
	printf 'addbr br1\naddif br1 v1\n' >&7
	poll 10 is_port br1 v1
	refuses "brctl: cannot confirm a change: the change is still being made" \
		confirm
	kill -KILL "$tool"
	exec 7>&-
	poll 10 guard_is_gone
	is_as_before
}

@test "the guard is killed: the change stays, and rollback undoes it" {
	remembers
	gives 0 "" "$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	poll 10 pkill -KILL -x vbridge-guard
	poll 10 guard_is_gone
	refuses "brctl: cannot confirm a change: the process that waited for the\
 confirmation was killed; the change stays, unless \"brctl rollback\" undoes it" confirm
	is_port br0 v1
	works rollback
	is_as_before
}

@test "tool and guard are killed during the change: rollback undoes it" {
	remembers
	mkfifo "$FILE"
	"$BRCTL" --confirm 60 batch "$FILE" > /dev/null 2>&1 3>&- &
	local tool=$!
	exec 7<> "$FILE"
	printf 'addbr br1\naddif br1 v1\n' >&7
	poll 10 is_port br1 v1
	poll 10 pkill -KILL -x vbridge-guard
	kill -KILL "$tool"
	exec 7>&-
	poll 10 guard_is_gone
	is_port br1 v1
	works rollback
	is_as_before
}

@test "the guard is killed during a batch: the tool undoes the change" {
	remembers
	mkfifo "$FILE"
	timeout 20 "$BRCTL" --confirm 60 batch "$FILE" > /dev/null 2>&1 3>&- &
	local tool=$! rc=0
	exec 7> "$FILE"
	printf 'addbr br1\naddif br1 v1\n' >&7
	poll 10 is_port br1 v1
	poll 10 pkill -KILL -x vbridge-guard
	poll 10 guard_is_gone
	exec 7>&-
	wait "$tool" || rc=$?
	[ "$rc" -eq 1 ]
	is_as_before
}

# kill_at_random WHOM: starts a batch and kills WHOM up to 24 ms later.
kill_at_random()
{
	local tool

	"$BRCTL" --confirm 2 batch "$FILE" > /dev/null 2>&1 < /dev/null 3>&- &
	tool=$!
	sleep "$(printf "0.%03d" $((RANDOM % 25)))"
	[ "$1" = guard ] || kill -KILL "$tool" 2> /dev/null || :
	[ "$1" = tool ] || pkill -KILL -x vbridge-guard || :
	wait "$tool" || :
	poll 60 guard_is_gone
}

# VB_GUARD_KILLS is the number of repetitions.
@test "killed at a random moment: the change is undone, or rollback undoes it" {
	local i=0 whom

	remembers
	printf '%s\n' 'addbr br1' 'addif br1 v1' 'set br1 ageing_time=7' \
		'setport br1 v1 path_cost=5' 'set br0 priority=4096' \
		'delif br0 v0' 'addif br1 v0' > "$FILE"
	while [ $((i++)) -lt "${VB_GUARD_KILLS:-3}" ]; do
		for whom in tool guard both; do
			kill_at_random "$whom"
			quiet rollback || :
			is_as_before || {
				echo "killed: $whom"
				return 1
			}
		done
	done
}

@test "the guard ignores signals of the session and keeps no descriptor open" {
	"$BRCTL" --confirm 60 addif br0 v1 < /dev/null 2> "$FILE" | cat
	grep -q "undone in 60 s" "$FILE"
	pkill -HUP -x vbridge-guard
	pkill -TERM -x vbridge-guard
	pkill -INT -x vbridge-guard
	is_port br0 v1
	works confirm
}

@test "with closed standard streams, a change can be confirmed and undone" {
	remembers
	run -0 bash -c '"$BRCTL" --confirm 60 addif br0 v1 <&- >&-'
	works rollback
	is_as_before
	run -0 bash -c '"$BRCTL" --confirm 60 addif br0 v1 <&- 2>&-'
	works confirm
	is_port br0 v1
}

@test "an unsafe directory for the journal: the change works, with a warning" {
	mkdir -m 777 /run/vbridge
	gives 0 "" "brctl: if the process is killed that waits for the\
 confirmation, the change stays: cannot write to /run/vbridge: Operation not\
 permitted
$(waits_for 1)" --confirm 1 addif br0 v1 < /dev/null
	poll 10 guard_is_gone
	run ! is_port br0 v1
	rmdir /run/vbridge
	ln -s "$BATS_TEST_TMPDIR" /run/vbridge
	gives 0 "" "brctl: if the process is killed that waits for the\
 confirmation, the change stays: cannot write to /run/vbridge: Not a directory
$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	works rollback
	[ -z "$(find "$BATS_TEST_TMPDIR" -name '0*')" ]
	rm /run/vbridge
}

# without_journal WHY: makes a change without a journal, for the reason WHY, and
# checks that it is undone.
without_journal()
{
	gives 0 "" "brctl: if the process is killed that waits for the\
 confirmation, the change stays: cannot write to /run/vbridge: $1
$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	works rollback
	poll 10 guard_is_gone
	run ! is_port br0 v1
}

@test "a folder of another user, and one that cannot be written" {
	mkdir -m 700 /run/vbridge
	chown 65534 /run/vbridge
	without_journal "Operation not permitted"
	mount -t tmpfs -o ro,mode=700 none /run/vbridge
	without_journal "Read-only file system"
	umount /run/vbridge
}

@test "a device that was renamed meanwhile is not changed" {
	gives 0 "" "$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	ip link set dev v1 name v9
	quiet rollback
	poll 10 guard_is_gone
	is_port br0 v9
}

@test "a guard that was stopped: the change is undone when it goes on" {
	local guard

	remembers
	gives 0 "" "$(waits_for 1)" --confirm 1 addif br0 v1 < /dev/null
	guard=$(pgrep -x vbridge-guard)
	kill -STOP "$guard"
	# The time must pass.
	sleep 1.2
	is_port br0 v1
	kill -CONT "$guard"
	poll 10 guard_is_gone
	is_as_before
}

@test "the clock is set while a change waits: the time does not change" {
	needs 8021q # a guest, which has a clock of its own
	remembers
	gives 0 "" "$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	date -s '+2 hours'
	works confirm
	is_port br0 v1
	works rollback
	is_as_before
	gives 0 "" "$(waits_for 1)" --confirm 1 addif br0 v1 < /dev/null
	date -s '-4 hours'
	poll 60 guard_is_gone
	is_as_before
	date -s '+2 hours'
}

@test "a namespace that is deleted meanwhile: its guard ends" {
	ip netns add blue
	quiet -n blue --confirm 1 addbr br1 < /dev/null
	ip netns del blue
	poll 20 guard_is_gone
}

@test "a damaged journal is refused" {
	gives 0 "" "$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	works confirm
	truncate -s -1 /run/vbridge/0*
	refuses "brctl: cannot undo the last change: Bad message" rollback
	: > "$(echo /run/vbridge/0*)"
	refuses "brctl: cannot undo the last change: Bad message" rollback
	is_port br0 v1
}

@test "changes in different namespaces are independent" {
	ip netns add blue
	gives 0 "" "brctl: undone in 60 s, unless \"brctl -n blue confirm\" is\
 run" -n blue --confirm 60 addbr br1 < /dev/null
	refuses "brctl: cannot confirm a change: no change waits for confirmation" confirm
	gives 0 "" "$(waits_for 60)" --confirm 60 addbr br1 < /dev/null
	works -n blue rollback
	exists br1/bridge
	works confirm
	[ "$(find /run/vbridge -type f | wc -l)" -eq 1 ]
}

@test "--confirm accepts 1 to 86400 seconds" {
	local word

	for word in 0 86401 -1 x '' 1.5 99999999999999999999; do
		refuses "brctl: --confirm takes 1 to 86400 seconds, not \"$word\"" \
			--confirm="$word" addif br0 v1
	done
	run ! is_port br0 v1
}

@test "commands that do not support --confirm" {
	refuses "brctl: show: option --confirm is not supported" --confirm 9 show
	refuses "brctl: setnf: option --confirm is not supported" --confirm 9 \
		setnf call-iptables on
	refuses "brctl: rollback: option --confirm is not supported" \
		--confirm 9 rollback
	echo 'addbr br1 --confirm 9' > "$FILE"
	gives 1 "" "brctl: \"--confirm\" cannot be in a batch
brctl: $FILE:1: addbr br1 --confirm 9" batch "$FILE"
	gives 0 "dry run: addif br0 v1" "" --dry-run --confirm 9 addif br0 v1
	echo 'addbr br1' > "$FILE"
	gives 0 "" "" --test --confirm 9 batch "$FILE"
	guard_is_gone
}

@test "restore and batch can be undone once" {
	remembers
	printf 'addbr br1\naddif br1 v1\nset br0 ageing_time=9\n' > "$FILE"
	works batch "$FILE"
	is_port br1 v1
	works rollback
	is_as_before
	works restore "$FILE"
	is_port br1 v1
	works rollback
	is_as_before
	refuses "brctl: cannot undo the last change: there is none" rollback
	works restore "$FILE"
	works restore "$FILE"
	works rollback
	is_as_before
}

@test "a batch that changes nothing does not replace the journal" {
	remembers
	echo 'addif br0 v1' > "$FILE"
	works batch "$FILE"
	echo '--dry-run addbr br1' > "$FILE"
	gives 0 "dry run: addbr br1" "" batch "$FILE"
	echo 'set br0 ageing_time=x' > "$FILE"
	gives 1 "" "brctl: \"x\" is not a value of ageing_time: it takes seconds
brctl: $FILE:1: set br0 ageing_time=x" batch "$FILE"
	works rollback
	is_as_before
}

# The file system has one free inode: there is room for the first journal, but
# not for the temporary file that replaces it.
@test "if a journal cannot be written, rollback does not undo an older change" {
	mkdir -m 700 /run/vbridge
	mount -t tmpfs -o size=64k,nr_inodes=2,mode=700 none /run/vbridge
	echo 'addbr br1' > "$FILE"
	works batch "$FILE"
	echo 'delbr br1' > "$FILE"
	works batch "$FILE"
	refuses "brctl: cannot undo the last change: there is none" rollback
	works batch - <<< 'addbr br1'
	gives 0 "" "brctl: if the process is killed that waits for the\
 confirmation, the change stays: cannot write to /run/vbridge: No space left on\
 device
$(waits_for 60)" --confirm 60 addif br0 v1 < /dev/null
	poll 10 pkill -KILL -x vbridge-guard
	poll 10 guard_is_gone
	refuses "brctl: cannot undo the last change: there is none" rollback
	umount /run/vbridge
	exists br1
}

@test "--confirm restore: after confirm, rollback can undo it" {
	printf 'addbr br1\naddif br1 v1\n' > "$FILE"
	remembers
	gives 0 "" "$(waits_for 60)" --confirm 60 restore "$FILE" < /dev/null
	is_port br1 v1
	works confirm
	works rollback
	is_as_before
}

@test "batch --atomic: an error undoes the whole batch" {
	remembers
	printf 'addbr br1\naddif br1 v1\nset br0 ageing_time=9\naddif br1 nix\n' \
		> "$FILE"
	gives 1 "" "interface nix does not exist!
brctl: $FILE:4: addif br1 nix
brctl: the batch was undone" --atomic batch "$FILE"
	is_as_before
	refuses "brctl: cannot undo the last change: there is none" rollback
	sed -i '$d' "$FILE"
	works --atomic batch "$FILE"
	is_port br1 v1
}

@test "batch --atomic: commands that cannot be undone are reported" {
	needs br_netfilter
	printf 'setnf call-iptables on\naddbr br1\naddif br1 nix\n' > "$FILE"
	gives 1 "" "interface nix does not exist!
brctl: $FILE:3: addif br1 nix
brctl: the batch was undone
brctl: not undone: setnf call-iptables on" --atomic batch "$FILE"
}

@test "batch --atomic refuses --keep-going, and undoes nothing with --test" {
	echo 'addbr br1' > "$FILE"
	refuses "brctl: --atomic stops at the first error: it cannot be used with\
 --keep-going" --atomic --keep-going batch "$FILE"
	echo 'addbr' >> "$FILE"
	gives 1 "" "brctl: usage: brctl addbr <bridge>
brctl: $FILE:2: addbr" --atomic --test batch "$FILE"
	run ! exists br1
}

# on_terminal STDERR WORD...: runs brctl with a terminal as stdin; its stderr
# goes to the file STDERR.
on_terminal()
{
	local said=$1

	shift
	script -qec "$BRCTL $* 2> $said; echo status \$?" /dev/null
}

@test "on a terminal: countdown, and confirm by another process" {
	command -v script > /dev/null || skip "needs script"
	on_terminal "$FILE" --confirm 60 addif br0 v1 < /dev/zero > "$SAVED" 3>&- &
	child_pids+=($!)
	poll 10 grep -q "undone in [0-9]* s; Enter keeps the change, Ctrl-C undoes" "$FILE"
	works confirm
	poll 10 grep -q "status 0" "$SAVED"
	is_port br0 v1
}

@test "on a terminal: the change is undone after the time limit" {
	command -v script > /dev/null || skip "needs script"
	on_terminal "$FILE" --confirm 1 addif br0 v1 < /dev/zero > "$SAVED" 3>&- &
	child_pids+=($!)
	poll 10 grep -q "status 1" "$SAVED"
	tail -n 1 "$FILE" | grep -q "brctl: the change was not kept: it was undone"
	run ! is_port br0 v1
}
