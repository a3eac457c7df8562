# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A Debian system in a directory, in which no services start.

root=$work/root
root_pid=

# start_root PACKAGE...: starts debootstrap in the background.
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
	# This may run in a subshell, which cannot use wait for the process.
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

# Lists all files, and checksums of those in /etc.  Leaves out the data of dpkg
# and apt, logs, and temporary files.
root_files()
{
	(cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./run \
		-o -path ./dev -o -path ./tmp -o -path ./var/lib/dpkg \
		-o -path ./var/lib/apt -o -path ./var/log -o -path ./var/cache \
		\) -prune -o -printf '%p %y %m %U:%G %l\n' | sort
	find etc -type f ! -name ld.so.cache -exec md5sum {} + | sort -k 2)
}
