# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Modules of a guest's kernel, which come and go there.

# modules_root FOLDER: for modprobe -d, as the guest's own is out of sight.
modules_root()
{
	local root=$1

	mkdir -p "$root/lib/modules"
	[ -e "$root/lib/modules/$(uname -r)" ] ||
		ln -s "${VB_UML_MODULES:-/usr/lib/uml/modules/$(uname -r)}" \
			"$root/lib/modules/$(uname -r)"
}

# load_module NAME
load_module()
{
	modules_root "$BATS_TEST_TMPDIR"
	modprobe -d "$BATS_TEST_TMPDIR" "$1"
}
