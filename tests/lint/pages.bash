# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Makes the manual pages of a library's headers, as the build does.

# shellcheck source=tests/programs.bash
. "$lint_top/tests/programs.bash"

man=$lint_top/man
made=$lint_tmp/made

# make_pages HEADER...: leaves the pages in $made/man3, and prints errors.  Makes
# the pages of the project itself only once.
make_pages()
{
	if [ "$root" = "$lint_top" ]; then
		made=$lint_tmp/own
		[ ! -e "$made" ] || return 0
	fi
	rm -rf "$made"
	mkdir -p "$made/man3"
	"$PYTHON" "$man/pages.py" "January 1, 2026" "$made/man3" \
		"$root/man/libvbridge.md" "$@" 2>&1
}

# Skips the lint if the pages cannot be made.
need_pages()
{
	command -v doxygen > /dev/null && command -v "$PYTHON" > /dev/null &&
		return
	echo "1..0 # SKIP needs doxygen and Python 3"
	exit 0
}
