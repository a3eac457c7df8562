# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Runs Debian's ifupdown in an environment with its own configuration: selects
# the hooks, and prints the state of the kernel afterwards.

# The hooks that --with-ifupdown installs, and where the tests install them.
hooks_dir=$tests_dir/../ifupdown
etc_dir=/run/tmp/etc

# needs_ifupdown [PACKAGE...]: skips the test if ifupdown or the hooks of these
# packages, bridge-utils or vlan, are not installed.
needs_ifupdown()
{
	local file

	command -v ifup > /dev/null || skip "needs ifupdown"
	# These tests take a minute, and test scripts.
	! grep -q __asan_init "$BRCTL" || skip "is tested without sanitizers"
	for file in "$@"; do
		case $file in
		bridge-utils) file=/lib/bridge-utils/ifupdown.sh ;;
		vlan) file=/etc/network/if-pre-up.d/vlan ;;
		esac
		[ -e "$file" ] || skip "needs Debian's $file"
	done
}

# cover FILE PATH: mounts FILE over the program PATH in this environment,
# because ifup sets its own PATH.
cover()
{
	! mountpoint -q "$2" || umount "$2"
	mount --bind "$1" "$2"
}

# Copies Debian's hooks before mounting over /etc/network.
ifupdown_environment()
{
	local phase name

	! mountpoint -q /etc/network || return 0
	mkdir -p /run/network $etc_dir/{ours,debian}
	for phase in pre-up up down post-down; do
		mkdir -p $etc_dir/{ours,debian}/if-$phase.d
		for name in bridge vlan ip; do
			[ ! -e /etc/network/if-$phase.d/$name ] ||
				cp -P /etc/network/if-$phase.d/$name \
					$etc_dir/debian/if-$phase.d/
		done
	done
	ifupdown_install
	mount --bind $etc_dir/ours /etc/network
}

# Installs our hooks as "make install" does.
ifupdown_install()
{
	local file name phase

	for file in "$hooks_dir"/*.sh; do
		sed "s|/usr/share/vbridge|$etc_dir|g" "$file" \
			> "$etc_dir/${file##*/}"
	done
	sed "s|/usr/share/vbridge|$etc_dir|g" "$hooks_dir/hotplug" \
		> "$etc_dir/hotplug"
	chmod +x "$etc_dir/hotplug"
	for file in "$hooks_dir"/*-{up,down}; do
		name=${file##*/}
		phase=${name#*-}
		name=$etc_dir/ours/if-$phase.d/${name%%-*}
		sed "s|/usr/share/vbridge|$etc_dir|g" "$file" > "$name"
		chmod +x "$name"
	done
}

# hooks ours|debian [reference]: selects the hooks that ifup runs, with our
# programs or, with "reference", with bridge-utils' brctl.  Removes the state of
# ifup, as if no interface was up.
hooks()
{
	rm -rf /run/network/*
	umount /etc/network
	mount --bind "$etc_dir/$1" /etc/network
	if [ "${2:-}" = reference ]; then
		! mountpoint -q /usr/sbin/brctl || umount /usr/sbin/brctl
	else
		cover "$BRCTL" /usr/sbin/brctl
		cover "$VCONFIG" /usr/sbin/vconfig
	fi
}

# interfaces: copies standard input to the interfaces file.
interfaces()
{
	cat > $etc_dir/interfaces
	cp $etc_dir/interfaces $etc_dir/ours/interfaces
	cp $etc_dir/interfaces $etc_dir/debian/interfaces
}

# Creates the devices for the interfaces files: three network cards, a guest's
# port, and a device with an unusual name.
machine()
{
	local i=0 dev

	for dev in eth0 eth1 eth2 vif1 weird0; do
		ip link add name $dev address 02:00:00:00:00:0$i type veth \
			peer name far$i address 02:00:00:00:0f:0$i &&
		ip link set dev far$i up || return 1
		i=$((i + 1))
	done
}

# our_machine [FEATURE...]: creates the devices and selects our hooks.  Skips
# the test if the kernel lacks one of the features.
our_machine()
{
	needs bridge veth "$@"
	needs_ifupdown
	ifupdown_environment
	hooks ours
	machine
}

# kernel_state ORDER: prints the configuration in the kernel, without what
# changes by itself: interface indexes, timers, carriers.  MAC addresses that do
# not begin with 02: are random, and replaced.  If ORDER is "any", also leaves
# out what depends on the order in which devices became ports.
kernel_state()
{
	ip -d -j address | jq -S --arg order "$1" \
		--slurpfile vlans <(bridge -j vlan show) '
	def made_up: if test("(^|\\.)0?2:") then . else "made up" end;
	def dynamic: test("timer|^topology_change|^(ifindex|link_index)$" +
		"|^(operstate|state|valid_life_time|preferred_life_time)$" +
		"|^(qdisc|group_fwd_mask_str|max_mtu|min_mtu)$") or
		($order != "" and test("^(port_no|port_id|no|id)$" +
			"|^designated_port$"));
	def admin: select(IN("NO-CARRIER", "LOWER_UP", "M-DOWN") | not);
	map(.addr_info |= map(select(.scope != "link")) |
		.flags |= map(admin)) |
	walk(if type == "object" then with_entries(
			select(.key | dynamic | not) |
			if (.key | test("^(address|bridge_id|root_id" +
					"|designated_(root|bridge))$")) and
				(.value | type == "string")
			then .value |= made_up else . end)
		else . end) |
	sort_by(.ifname) | {devices: ., vlans: $vlans}'
	kernel_switches
}

# Prints settings that are not attributes of a device.
kernel_switches()
{
	grep -Hs '' /proc/sys/net/ipv4/conf/*/{rp_filter,proxy_arp} \
		/proc/sys/net/ipv6/conf/*/{addr_gen_mode,disable_ipv6} \
		/sys/class/net/*/addr_assign_type || true
}

# through ours|debian [reference]: writes the state after ifup -a and after
# ifdown -a, and the messages, to one file each.
through()
{
	local name=$1${2:+-$2}

	hooks "$@"
	machine
	ifup -a > "$etc_dir/$name.said" 2>&1 || echo "ifup: $?"
	kernel_state "$order" > "$etc_dir/$name.up"
	ifquery --state > "$etc_dir/$name.list"
	ifdown -a >> "$etc_dir/$name.said" 2>&1 || echo "ifdown: $?"
	kernel_state "$order" > "$etc_dir/$name.down"
	ifquery --state >> "$etc_dir/$name.list"
	clean_devices
}

# take FILE: installs FILE as the interfaces file, or skips the test if this
# environment lacks a feature that FILE needs.
take()
{
	local file=$tests_dir/ifupdown/matrix/$1

	needs_ifupdown bridge-utils vlan
	needs_jq
	# shellcheck disable=SC2046 # words
	needs $(sed -n 's/^# needs //p' "$file")
	order=
	! grep -qx '# any order' "$file" || order=any
	ifupdown_environment
	interfaces < "$file"
}

# Removes what our hooks restore and Debian's do not: the MTU of ports, and
# whether they make link-local addresses.
without_restored()
{
	sed -E '/"mtu":|"inet6_addr_gen_mode":|\/addr_gen_mode:/d' "$1"
}

# agree ONE OTHER: compares the states of the kernel.  Also checks that they are
# not empty, and that ifdown leaves the devices that existed before ifup.
agree()
{
	local what

	for what in up list; do
		diff -u "$etc_dir/$1.$what" "$etc_dir/$2.$what"
	done
	diff -u <(without_restored "$etc_dir/$1.down") \
		<(without_restored "$etc_dir/$2.down")
	grep -q '"ifname": "eth0"' "$etc_dir/$1.up"
	run ! cmp -s "$etc_dir/$1.up" "$etc_dir/$1.down"
	[ "$(sed -n 's/.*"ifname": "\([a-z]*\).*/\1/p' "$etc_dir/$1.down" |
		sort | uniq -c | xargs)" = "3 eth 5 far 1 lo 1 vif 1 weird" ]
}

# same FILE: compares our hooks with Debian's.
same()
{
	take "$1"
	through debian
	through ours
	cat $etc_dir/ours.said
	agree debian ours
}

# same_tools FILE: compares our brctl with bridge-utils', both with Debian's
# hooks.
same_tools()
{
	take "$1"
	needs refbrctl
	through debian reference
	through debian
	agree debian-reference debian
}

# hotplug_setting yes|no: sets BRIDGE_HOTPLUG.
hotplug_setting()
{
	mkdir -p $etc_dir/default
	mountpoint -q /etc/default || mount --bind $etc_dir/default /etc/default
	echo "BRIDGE_HOTPLUG=$1" > /etc/default/bridge-utils
}

# appears DEVICE: runs the hook as udev does for a new device.
appears()
{
	INTERFACE=$1 "$etc_dir/hotplug"
}
