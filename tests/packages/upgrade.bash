# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Upgrades from bridge-utils and vlan, on a Debian system that uses them:
# installs our packages, the old ones again, ours with dpkg only, and purges
# all. Checks ifup and ifdown after each step. The suite "debian" sources this
# file after it has built the packages and the root directory.

# configure [vlans]: writes /etc/network/interfaces.
configure()
{
	cat > "$root/etc/network/interfaces" <<-END
		auto lo
		iface lo inet loopback

		auto br0
		iface br0 inet static
			address 10.0.0.1/24
			gateway 10.0.0.254
			bridge_ports eth0 eth1
			bridge_stp on
			bridge_fd 2
			bridge_ageing 100
			bridge_bridgeprio 4096
			bridge_pathcost eth0 50
			bridge_portprio eth1 8
			bridge_maxwait 0
			ip-proxy-arp 1
	END
	[ "${1:-}" = vlans ] || return 0
	cat >> "$root/etc/network/interfaces" <<-END

		auto eth2.5
		iface eth2.5 inet static
			address 10.0.5.1/24

		auto vlan7
		iface vlan7 inet static
			address 10.0.7.1/24
			vlan-raw-device eth2

		auto br1
		iface br1 inet manual
			bridge_ports eth2.9
			bridge_fd 0
			bridge_maxwait 0
	END
}

# boot FILE: writes the state after ifup and after ifdown to FILE.ns and
# FILE.uml, and their messages to FILE.ns.said and FILE.uml.said.  VLANs are
# tested in a guest only, since namespaces often lack the kernel module 8021q.
boot()
{
	configure
	boot_in ns "$1"
	configure vlans
	boot_in uml "$1"
}

boot_in()
{
	"$top/tests/kernel/enter" -w "$1" -t 300 -- \
		bash "$top/tests/packages/boot.bash" "$root" \
		> "$work/$2.$1" 2> "$work/$2.$1.said"
	cat "$work/$2.$1.said"
}

# The state with the old packages is the expected state. Checks that it is
# complete.
boots_with_theirs()
{
	boot theirs
	grep -q '^# ifup -a: 0$' "$work/theirs.ns"
	grep -q '^eth1 up=1 .* br0$' "$work/theirs.ns"
	grep -q '^br0 10.0.0.1/24' "$work/theirs.ns"
	grep -q '/path_cost: 50$' "$work/theirs.ns"
	grep -q '^vlan7 .*| 7 ' "$work/theirs.uml"
	grep -q '^eth2.9 up=1 .* br1$' "$work/theirs.uml"
}

# Checks that the state is the same as with the old packages.
boots_the_same()
{
	local place

	boot again
	for place in ns uml; do
		diff "$work/theirs.$place" "$work/again.$place"
	done
}

status_of()
{
	in_root dpkg-query -Wf '${db:Status-Status}' "$1" 2> /dev/null ||
		echo unknown
}

installed()
{
	local name

	for name in "$@"; do
		same "$name" installed "$(status_of "$name")"
	done
}

not_installed()
{
	local name

	for name in "$@"; do
		not same "$name" installed "$(status_of "$name")" > /dev/null
	done
}

# Lists the hooks in all directories of ifupdown, with their file types.
hooks()
{
	(cd "$root/etc/network" && find if-*.d ! -type d -printf '%p %y\n' |
		grep -v resolved | sort)
}

our_hooks()
{
	same hooks "if-post-down.d/bridge f
if-post-down.d/vlan f
if-pre-up.d/bridge f
if-pre-up.d/vlan f
if-up.d/bridge f
if-up.d/ip f" "$(hooks)"
}

install_theirs()
{
	in_root apt-get -q -y install bridge-utils vlan
	installed bridge-utils vlan
	not_installed vbridge-utils
}

install_ours()
{
	in_root sh -c 'apt-get -q -y install /tmp/vbridge-utils_*.deb'
	installed vbridge-utils
	not_installed bridge-utils vlan
	our_hooks
	test -x "$root/usr/sbin/brctl"
}

# The administrator's settings are kept, and dpkg asks no questions.
install_ours_by_dpkg()
{
	echo BRIDGE_HOTPLUG=yes >> "$root/etc/default/bridge-utils"
	in_root sh -c 'dpkg --force-confold -i /tmp/vbridge-utils_*.deb'
	installed vbridge-utils
	not_installed bridge-utils vlan
	our_hooks
	same "the administrator's line" BRIDGE_HOTPLUG=yes \
		"$(tail -n 1 "$root/etc/default/bridge-utils")"
}

# "apt purge ~c" does the same. The configuration files of the old packages
# belong to ours now.
purge_theirs()
{
	local name

	in_root dpkg --purge bridge-utils vlan
	for name in bridge-utils vlan; do
		not same "$name" config-files "$(status_of "$name")"
	done
	our_hooks
	same "the administrator's line" BRIDGE_HOTPLUG=yes \
		"$(tail -n 1 "$root/etc/default/bridge-utils")"
}

# An aborted installation restores the hooks of bridge-utils.
abort_gives_back()
{
	local links

	links=$(hooks)
	chmod 755 "$root/tmp/ctl/preinst" "$root/tmp/ctl/postrm"
	in_root /tmp/ctl/preinst install
	not test -e "$root/etc/network/if-pre-up.d/bridge"
	in_root /tmp/ctl/postrm abort-install
	same hooks "$links" "$(hooks)"
}

unpack_control()
{
	in_root sh -c 'dpkg -e /tmp/vbridge-utils_*.deb /tmp/ctl'
}

# The hooks that remain after removal must not prevent lo from coming up.  ifup
# itself reports the missing bridge.
remove_ours()
{
	in_root apt-get -q -y remove vbridge-utils
	boot removed
	grep -q '^lo up=1 ' "$work/removed.ns"
	same "messages" 'Cannot find device "br0"
ifup: failed to bring up br0' "$(cat "$work/removed.ns.said")"
}

purge_ours()
{
	in_root apt-get -q -y purge vbridge-utils
	installed bridge-utils vlan
}

purge_everything()
{
	in_root sh -c 'apt-get -q -y purge vbridge-utils bridge-utils vlan
		apt-get -q -y --purge autoremove'
	cp "$work/interfaces" "$root/etc/network/interfaces"
	root_files > "$work/after"
	diff "$work/before" "$work/after"
}

cp "$root/etc/network/interfaces" "$work/interfaces"
need "bridge-utils and vlan install" install_theirs
need "with the old packages, all comes up at boot" boots_with_theirs
need "our packages replace them" install_ours
step "boot works the same with our packages" boots_the_same
step "after removal, the remaining hooks disturb no boot" remove_ours
need "bridge-utils and vlan install again" install_theirs
step "purging our packages does not change the old ones" purge_ours
step "boot works the same with the old packages again" boots_the_same
need "the maintainer scripts unpack" unpack_control
step "an aborted installation does not change the old packages" abort_gives_back
step "dpkg replaces the old packages and keeps settings" install_ours_by_dpkg
step "purging bridge-utils and vlan does not change our packages" purge_theirs
step "boot works the same with our packages again" boots_the_same
step "purging all packages removes everything" purge_everything
