#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# restore and batch do not cut the SSH connection that they run in.
#
# environment: ns

load ../common.bash
load exact.bash
load forwarding.bash

# The host has 192.0.2.1 on br0; 192.0.2.2 is a station behind va.
setup()
{
	forwarding_bridge va vb
	ip addr add 192.0.2.1/24 dev br0
	ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:0a dev br0
	works addmac br0 va 02:00:00:00:00:0a
	brctl save br0 > "$BATS_TEST_TMPDIR/now"
	export SSH_CONNECTION="192.0.2.2 50000 192.0.2.1 22"
}

CUT="this would cut the SSH connection from 192.0.2.2; --confirm=60 undoes it\
 unless it is confirmed, --force does it anyway"

# batch_of LINE WORD...
batch_of()
{
	local line=$1

	shift
	echo "$line" > "$BATS_TEST_TMPDIR/lines"
	brctl batch "$@" "$BATS_TEST_TMPDIR/lines" \
		> "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err"
}

# refused LINE: a batch with this line changes nothing.
refused()
{
	local before

	before=$(brctl save br0)
	if batch_of "$1"; then
		echo "not refused: $1"
		return 1
	fi
	head -1 "$BATS_TEST_TMPDIR/err" > "$BATS_TEST_TMPDIR/first"
	same_text stderr "brctl: br0: $CUT" "$BATS_TEST_TMPDIR/first" "$1" &&
	[ "$(brctl save br0)" = "$before" ]
}

@test "a batch does not remove the port that leads to the client" {
	refused 'delif br0 va'
	refused 'link va down'
	refused 'link br0 down'
}

@test "a batch does not disable the port that leads to the client" {
	refused 'setport br0 va state=disabled'
	batch_of 'setport br0 vb state=disabled'
}

@test "without STP, the kernel makes a blocked port forward" {
	if batch_of 'setport br0 va state=blocking'; then
		return 1
	fi
	grep -qx 'brctl: the kernel changed state=blocking to forwarding' \
		"$BATS_TEST_TMPDIR/err"
}

@test "other changes pass" {
	batch_of 'delif br0 vb'
	batch_of 'setport br0 va isolated=on'
	[ ! -s "$BATS_TEST_TMPDIR/err" ]
}

@test "--force does it, and so does a session that is not by SSH" {
	batch_of 'link va down' --force
	batch_of 'link va up'
	unset SSH_CONNECTION
	batch_of 'delif br0 va'
}

# under_sudo WORD...: runs a batch as a script does that sudo starts: sudo
# removes SSH_CONNECTION, but has it.
under_sudo()
{
	# shellcheck disable=SC2016 # the shell expands it
	SSH_CONNECTION="192.0.2.2 50000 192.0.2.1 22" sh -c '
		env -u SSH_CONNECTION "$@" sh -c "
			\"$BRCTL\" batch \"$0\" 2> \"$0.err\"; exit \$?"
		exit $?' "$BATS_TEST_TMPDIR/lines" "$@"
}

@test "sudo removes SSH_CONNECTION; it is found in the process of sudo" {
	unset SSH_CONNECTION
	echo 'delif br0 va' > "$BATS_TEST_TMPDIR/lines"
	run -1 under_sudo SUDO_USER=joe
	cat "$BATS_TEST_TMPDIR/lines.err"
	grep -q "$CUT" "$BATS_TEST_TMPDIR/lines.err"
	under_sudo NONE=1
}

@test "restore refuses, and a dry run only says so" {
	grep -v 'link br0 up' "$BATS_TEST_TMPDIR/now" \
		> "$BATS_TEST_TMPDIR/later"
	echo 'brctl link br0 down' >> "$BATS_TEST_TMPDIR/later"
	if brctl restore "$BATS_TEST_TMPDIR/later" \
			2> "$BATS_TEST_TMPDIR/err"; then
		return 1
	fi
	same_text stderr "brctl: br0: $CUT" "$BATS_TEST_TMPDIR/err" restore
	ip link show br0 | grep -q '[<,]UP[,>]'
	brctl restore --dry-run "$BATS_TEST_TMPDIR/later" \
		> "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err"
	grep -q 'this cuts the SSH connection from 192.0.2.2' \
		"$BATS_TEST_TMPDIR/err"
	brctl restore --force "$BATS_TEST_TMPDIR/later"
	! ip link show br0 | grep -q '[<,]UP[,>]'
}

@test "a connection to an address that the host does not have" {
	export SSH_CONNECTION="192.0.2.2 50000 198.51.100.1 22"
	batch_of 'delif br0 va'
	export SSH_CONNECTION="nonsense"
	batch_of 'addif br0 va'
}

@test "a batch that adds a device that cannot be a port" {
	needs tap
	ip tuntap add dev tun0 mode tun
	if batch_of 'addif br0 tun0'; then
		return 1
	fi
	grep -q 'brctl: .*tun0' "$BATS_TEST_TMPDIR/err"
	refused 'delif br0 va'
}

@test "a link-local address that two devices have: the zone counts" {
	CUT=${CUT/192.0.2.2/fe80::2}
	ip link add vx type veth peer name wx
	echo 0 > /proc/sys/net/ipv6/conf/vx/disable_ipv6
	echo 0 > /proc/sys/net/ipv6/conf/br0/disable_ipv6
	ip addr add fe80::9/64 dev vx nodad
	ip addr add fe80::9/64 dev br0 nodad
	ip -6 neigh add fe80::2 lladdr 02:00:00:00:00:0a dev br0
	export SSH_CONNECTION="fe80::2%br0 50000 fe80::9%br0 22"
	refused 'link br0 down'
	batch_of 'link vx down'
	export SSH_CONNECTION="fe80::2%vx 50000 fe80::9%vx 22"
	batch_of 'link br0 down' || { cat "$BATS_TEST_TMPDIR/err"; false; }
}
