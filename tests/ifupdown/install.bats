#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# "make install" of the hooks, on a machine that also has bridge-utils.
#
# environment: ns

load ../common.bash

setup()
{
	root=$BATS_TEST_TMPDIR/root
	theirs=$root/lib/bridge-utils/ifupdown.sh
	source=$(cd "$tests_dir/.." && pwd)
	[ ! -e "$source/config.status" ] ||
		skip "needs a source tree in which nothing was built"
	mkdir -p "$BATS_FILE_TMPDIR/build"
	cd "$BATS_FILE_TMPDIR/build" || return 1
	[ -e Makefile ] || "$source/configure" --prefix=/opt \
		--sysconfdir=/etc --with-ifupdown > log
}

# The hooks of bridge-utils are links into its own directory.
their_hooks()
{
	local phase

	mkdir -p "$root/lib/bridge-utils"
	echo "theirs" > "$theirs"
	for phase in pre-up post-down; do
		mkdir -p "$root/etc/network/if-$phase.d"
		ln -s "$theirs" "$root/etc/network/if-$phase.d/bridge"
	done
}

@test "the hooks replace the links of bridge-utils, and not their targets" {
	their_hooks
	make -s -C ifupdown install DESTDIR="$root"
	[ "$(< "$theirs")" = theirs ]
	for name in pre-up/bridge post-down/bridge pre-up/vlan post-down/vlan \
			up/bridge up/ip; do
		hook=$root/etc/network/if-${name%/*}.d/${name#*/}
		[ -x "$hook" ] && [ ! -L "$hook" ]
		diff "$hook" <(sed 's|/usr/share|/opt/share|' \
			"$source/ifupdown/${name#*/}-${name%/*}")
	done
}

@test "settings are kept when the hooks are installed again" {
	make -s -C ifupdown install DESTDIR="$root"
	echo BRIDGE_HOTPLUG=yes > "$root/etc/default/bridge-utils"
	make -s -C ifupdown install DESTDIR="$root"
	[ "$(< "$root/etc/default/bridge-utils")" = BRIDGE_HOTPLUG=yes ]
	make -s -C ifupdown uninstall DESTDIR="$root"
	[ -z "$(find "$root" ! -type d)" ]
}
