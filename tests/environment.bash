# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Helpers for tests and labs: create guests behind bridge ports, veth pairs and
# frames in an environment, and clean the environment up.

. "${BASH_SOURCE[0]%/*}/programs.bash"

# The clean-up deletes all devices, so this must never run outside a test
# environment.
if [ ! -e /run/vbridge-environment ]; then
	echo "this is not a test environment: run it with tests/run, or with" \
		"tests/kernel/enter -- COMMAND" >&2
	exit 1
fi

brctl()
{
	"$BRCTL" "$@"
}

vconfig()
{
	"$VCONFIG" "$@"
}

frame()
{
	"$FRAME" "$@"
}

# poll SECONDS COMMAND...: repeats the command until it succeeds, for at most
# SECONDS.
poll()
{
	local end=$((${EPOCHREALTIME/[.,]/} + $1 * 1000000))

	shift
	until "$@"; do
		if [ "${EPOCHREALTIME/[.,]/}" -gt "$end" ]; then
			echo "still not after the deadline: $*"
			return 1
		fi
		sleep 0.05
	done
}

# no_ipv6 [GUEST]: disables IPv6, so that neighbour discovery sends no frames
# that a test would count.
no_ipv6()
{
	# shellcheck disable=SC2016 # expanded by sh
	local off='for f in /proc/sys/net/ipv6/conf/*/disable_ipv6; do
		[ ! -e "$f" ] || echo 1 > "$f"
	done'

	if [ $# -gt 0 ]; then
		ip netns exec "$1" sh -c "$off"
	else
		sh -c "$off"
	fi
}

# veth A B: creates a veth pair; both devices are up.
veth()
{
	ip link add name "$1" type veth peer name "$2" &&
	ip link set dev "$1" up &&
	ip link set dev "$2" up
}

# guest NAME PORT [MAC [ADDRESS/LENGTH]]: creates a "virtual machine": a
# namespace NAME whose eth0 is the peer of PORT.  As with libvirt, PORT has the
# guest's MAC address with fe as its first byte.
guest()
{
	local name=$1 port=$2 mac=${3:-} address=${4:-}

	ip netns add "$name" &&
	no_ipv6 "$name" &&
	ip link add name "$port" ${mac:+address "fe${mac#??}"} type veth \
		peer name eth0 ${mac:+address "$mac"} netns "$name" &&
	if [ -n "$address" ]; then
		ip -n "$name" address add "$address" dev eth0
	fi &&
	ip -n "$name" link set dev eth0 up &&
	ip link set dev "$port" up
}

# nic DEVICE MAC GUEST: creates a "network card", connected to eth0 of GUEST.
nic()
{
	ip netns add "$3" &&
	no_ipv6 "$3" &&
	ip link add name "$1" address "$2" type veth peer name eth0 netns "$3" &&
	ip -n "$3" link set dev eth0 up &&
	ip link set dev "$1" up
}

# tap_guest NAME TAP MAC [ADDRESS/LENGTH]: as guest, but with a tap device and a
# program that forwards the frames, as qemu does.
tap_guest()
{
	local name=$1 tap=$2 mac=$3 address=${4:-}

	ip netns add "$name" &&
	no_ipv6 "$name" || return 1
	# File descriptor 3 belongs to bats: it waits until all copies are
	# closed.
	"$FRAME" tap "$tap" "eth0@$name" > "/run/$name.tap" 2>&1 3>&- &
	child_pids+=($!)
	poll 5 grep -q ready "/run/$name.tap" &&
	ip link set dev "$tap" address "fe${mac#??}" &&
	ip -n "$name" link set dev eth0 address "$mac" &&
	if [ -n "$address" ]; then
		ip -n "$name" address add "$address" dev eth0
	fi &&
	ip -n "$name" link set dev eth0 up &&
	ip link set dev "$tap" up
}
child_pids=()

# forwarding PORT...: waits until the ports forward.  The kernel may notify the
# bridge of a port's carrier up to a second later.
forwarding()
{
	local port

	for port in "$@"; do
		poll 10 port_forwards "$port" || return 1
	done
}

# port_forwards PORT [GUEST]
port_forwards()
{
	bridge ${2:+-n "$2"} link show dev "$1" | grep -q 'state forwarding'
}

# in_guest NAME COMMAND...
in_guest()
{
	ip netns exec "$@"
}

# mac_of DEVICE [GUEST]
mac_of()
{
	ip ${2:+-n "$2"} -o link show dev "$1" |
		sed -n 's/.* link\/ether \([0-9a-f:]*\) .*/\1/p'
}

# Deletes all devices except lo, and fails if there are none. Most devices are
# put into one link group, which is deleted with one request: then the kernel
# waits only once (RCU grace period). Devices with names that ip -batch could
# misread are deleted one by one. Starting a process is slow in User-Mode
# Linux, so this starts ip once.
clean_devices_once()
{
	local line name batch=''
	local -a lines

	# sysfs may show another namespace.
	mapfile -t -s 2 lines < /proc/net/dev
	for line in "${lines[@]}"; do
		name=${line%%:*}
		name=${name##* }
		case $name in
		lo)
			;;
		*[!A-Za-z0-9._-]*|-*)
			ip link del dev "$name" 2> /dev/null
			;;
		*)
			batch+="link set dev $name group 4711"$'\n'
			;;
		esac
	done
	[ ${#lines[@]} -gt 1 ] || return 1
	[ -z "$batch" ] ||
		ip -force -batch - <<< "${batch}link del group 4711" \
			> /dev/null 2>&1
	return 0
}

# Repeats the deletion: if devices vanish while they are listed, the list is
# incomplete.
clean_devices()
{
	local tries=20

	while clean_devices_once && [ $((tries -= 1)) -gt 0 ]; do
		:
	done
}

clean_environment()
{
	local path batch=''

	if [ ${#child_pids[@]} -gt 0 ]; then
		kill "${child_pids[@]}" 2> /dev/null
		wait "${child_pids[@]}" 2> /dev/null
		child_pids=()
	fi
	for path in /run/netns/*; do
		[ ! -e "$path" ] || batch+="netns del ${path##*/}"$'\n'
	done
	[ -z "$batch" ] || ip -force -batch - <<< "$batch"
	clean_devices
	return 0
}
