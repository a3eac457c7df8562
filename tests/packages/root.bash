# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A Debian of its own in a folder.  No service starts in there.

root=$work/root
root_pid=

# start_root PACKAGE...: begins to make it, in the background.
start_root()
{
	local with

	with=$(IFS=,; echo "$*")
	debootstrap --variant=minbase --include="$with" bookworm "$root" \
		"${VB_MIRROR:-http://deb.debian.org/debian}" \
		> "$work/root.log" 2>&1 &
	root_pid=$!
	children+=("$root_pid")
}

wait_root()
{
	# Only the shell that started it can wait for it.
	tail -f /dev/null --pid=$root_pid
	tail -n 20 "$work/root.log"
	grep -q 'Base system installed successfully' "$work/root.log"
	printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
	chmod 755 "$root/usr/sbin/policy-rc.d"
	echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
}

in_root()
{
	env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
		chroot "$root" "$@" < /dev/null
}

# Its files and what is in those of /etc; not what dpkg and apt keep for
# themselves, logs, and what is of the moment.
root_files()
{
	(cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./run \
		-o -path ./dev -o -path ./tmp -o -path ./var/lib/dpkg \
		-o -path ./var/lib/apt -o -path ./var/log -o -path ./var/cache \
		\) -prune -o -printf '%p %y %m %U:%G %l\n' | sort
	find etc -type f ! -name ld.so.cache -exec md5sum {} + | sort -k 2)
}
