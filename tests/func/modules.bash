# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Loads and unloads modules of a guest's kernel. That kernel loads none by itself.

# modules_do WORD...: runs modprobe with the modules of this kernel.
modules_do()
{
	local root=$BATS_TEST_TMPDIR/modules

	[ "${VB_ENVIRONMENT:-}" = uml ] || return 1
	mkdir -p "$root/lib/modules"
	ln -sfn "/usr/lib/uml/modules/$(uname -r)" \
		"$root/lib/modules/$(uname -r)"
	modprobe -q -d "$root" -a "$@"
}
