# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# For suites that save, change and restore. Load it after exact.bash, and set
# $SAVED to the name of a file.

# remembers: saves the state for is_as_before.
remembers()
{
	all > "$SAVED"
}

all()
{
	quiet save
	cat "$BATS_TEST_TMPDIR/out"
	state
}

is_as_before()
{
	all > "$SAVED.2"
	diff -u "$SAVED" "$SAVED.2"
}

# is_port BRIDGE DEVICE
is_port()
{
	exists "$1/brif/$2"
}
