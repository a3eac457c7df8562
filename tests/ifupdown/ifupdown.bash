# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Debian's ifupdown in an environment, with a configuration of its own: who its
# hooks are, and what the kernel has to say afterwards.

# What --with-ifupdown installs, and where from here.
hooks_dir=$tests_dir/../ifupdown
etc_dir=/run/tmp/etc

# needs_ifupdown [PACKAGE...]: with the hooks of Debian's bridge-utils and vlan,
# too, if these are named.
needs_ifupdown()
{
	local file

	command -v ifup > /dev/null || skip "needs ifupdown"
	# These are tests of scripts, and a minute long.
	! grep -q __asan_init "$BRCTL" || skip "is tested without sanitizers"
	for file in "$@"; do
		case $file in
		bridge-utils) file=/lib/bridge-utils/ifupdown.sh ;;
		vlan) file=/etc/network/if-pre-up.d/vlan ;;
		esac
		[ -e "$file" ] || skip "needs Debian's $file"
	done
}

# cover FILE PATH: the program of this name is FILE, in this environment.  ifup
# has a PATH of its own.
cover()
{
	! mountpoint -q "$2" || umount "$2"
	mount --bind "$1" "$2"
}

# Debian's hooks are kept aside before /etc/network is covered.
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

# As "make install" does it.
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

# hooks ours|debian [reference]: whose hooks ifup runs, and with whose programs.
# Nothing is up, as far as ifup knows.
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

# interfaces: standard input is the file.
interfaces()
{
	cat > $etc_dir/interfaces
	cp $etc_dir/interfaces $etc_dir/ours/interfaces
	cp $etc_dir/interfaces $etc_dir/debian/interfaces
}

# The machine that the interfaces are of: three network cards, a guest's port,
# and one whose name nobody foresaw.
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

# our_machine [FEATURE...]: with our hooks, if the kernel has these, too.
our_machine()
{
	needs bridge veth "$@"
	needs_ifupdown
	ifupdown_environment
	hooks ours
	machine
}

# What the configuration made of the kernel, and not what time has made of it
# since: no numbers of devices, no timers, no carriers.  A MAC that the kernel
# made up is none of those that begin with 02:.  With "any order", in whichever
# order devices became ports.
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

# What is no attribute of a device.
kernel_switches()
{
	grep -Hs '' /proc/sys/net/ipv4/conf/*/{rp_filter,proxy_arp} \
		/proc/sys/net/ipv6/conf/*/{addr_gen_mode,disable_ipv6} \
		/sys/class/net/*/addr_assign_type || true
}

# through WHOSE [reference]: the machine before, with all up, and after; into a
# file each.
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

# take FILE: makes it the interfaces file, unless this environment cannot bring
# it up.
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

# agree ONE OTHER: the kernel was in the same states.  There was something to
# see, and when all is down the devices are those of before.
agree()
{
	local what

	for what in up list down; do
		diff -u "$etc_dir/$1.$what" "$etc_dir/$2.$what"
	done
	grep -q '"ifname": "eth0"' "$etc_dir/$1.up"
	run ! cmp -s "$etc_dir/$1.up" "$etc_dir/$1.down"
	[ "$(sed -n 's/.*"ifname": "\([a-z]*\).*/\1/p' "$etc_dir/$1.down" |
		sort | uniq -c | xargs)" = "3 eth 5 far 1 lo 1 vif 1 weird" ]
}

# same FILE: with our hooks and with Debian's.
same()
{
	take "$1"
	through debian
	through ours
	cat $etc_dir/ours.said
	agree debian ours
}

# same_tools FILE: with Debian's hooks and our brctl, or bridge-utils'.
same_tools()
{
	take "$1"
	needs refbrctl
	through debian reference
	through debian
	agree debian-reference debian
}

# hotplug_setting yes|no: whether devices that appear join bridges.
hotplug_setting()
{
	mkdir -p $etc_dir/default
	mountpoint -q /etc/default || mount --bind $etc_dir/default /etc/default
	echo "BRIDGE_HOTPLUG=$1" > /etc/default/bridge-utils
}

# appears DEVICE: what udev does for it.
appears()
{
	INTERFACE=$1 "$etc_dir/hotplug"
}
