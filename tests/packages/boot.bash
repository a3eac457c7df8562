# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Runs in a test environment, as an argument of bash: with three network cards,
# runs ifup -a in a root directory as at boot, and prints the state; then the
# same with ifdown -a.

set -u

root=$1
for card in eth0 eth1 eth2; do
	ip link add name $card address 00:10:18:31:5a:4${card#eth} type veth \
		peer name far${card#eth} || exit 1
	ip link set far${card#eth} up
done

# These mounts end with the environment.
mount -t proc proc "$root/proc" || mount --bind /proc "$root/proc" || exit 1
mount --bind /sys "$root/sys" && mount --bind /run "$root/run" || exit 1
mkdir -p /run/network

# Prints the parts of the state that do not change by themselves, without the
# peers of the cards.
state()
{
	local file path master

	for path in /sys/class/net/[!f]*; do
		[ -e "$path/flags" ] || continue
		master=$(readlink "$path/master")
		printf '%s up=%d %s %s\n' "${path##*/}" \
			$(($(cat "$path/flags") & 1)) \
			"$(cat "$path/address")" "${master##*/}"
	done
	ip -br -4 address show | sed -E 's/(@[^ ]*)? +[A-Z]+ +/ /'
	ip route show | sed 's/ linkdown//' | sort
	for file in /sys/class/net/br*/bridge/{stp_state,forward_delay} \
			/sys/class/net/br*/bridge/{ageing_time,priority} \
			/sys/class/net/br*/brif/*/{path_cost,priority} \
			/proc/sys/net/ipv4/conf/br0/{rp_filter,proxy_arp}; do
		[ ! -e "$file" ] || echo "$file: $(cat "$file")"
	done
	for file in /proc/net/vlan/*; do
		[ ! -e "$file" ] || cut -d '|' -f 1-3 "$file" |
			grep -E '^[a-z0-9.]+ *\||VID|Device'
	done
}

in_root()
{
	env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		LC_ALL=C chroot "$root" "$@"
}

echo "# ifup -a"
in_root ifup -a < /dev/null
echo "# ifup -a: $?"
state
echo "# ifdown -a"
in_root ifdown -a < /dev/null
echo "# ifdown -a: $?"
state
