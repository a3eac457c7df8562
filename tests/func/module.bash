# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Loads modules of a guest's kernel.

# modules_root FOLDER: prepares a directory with the guest's modules for
# modprobe -d. The one that uml-init made is hidden by the /run of the
# environment.
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
