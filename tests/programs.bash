# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Finds the programs under test and the tests' own: sets and exports VB_BUILD,
# BRCTL, VCONFIG, REF_BRCTL, FRAME and PYTHON where the caller has not set them.

tests_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Beside the sources, or in build/ below them.
if [ -z "${VB_BUILD:-}" ]; then
	VB_BUILD=${tests_dir%/*}
	[ ! -e "$VB_BUILD/build/config.status" ] || VB_BUILD=$VB_BUILD/build
fi

# libtool's wrapper script takes longer to start than the program to run.
if [ -z "${BRCTL:-}" ]; then
	BRCTL=$VB_BUILD/brctl/brctl
	if [ -x "$VB_BUILD/brctl/.libs/brctl" ]; then
		BRCTL=$VB_BUILD/brctl/.libs/brctl
		export LD_LIBRARY_PATH=$VB_BUILD/lib/.libs
	fi
fi

if [ -z "${VCONFIG:-}" ]; then
	VCONFIG=$VB_BUILD/vconfig/vconfig
	if [ -x "$VB_BUILD/vconfig/.libs/vconfig" ]; then
		VCONFIG=$VB_BUILD/vconfig/.libs/vconfig
		export LD_LIBRARY_PATH=$VB_BUILD/lib/.libs
	fi
fi

# bridge-utils' program; an empty REF_BRCTL says that there is none.
if [ -z "${REF_BRCTL+set}" ]; then
	REF_BRCTL=
	for try in /usr/sbin/brctl /sbin/brctl; do
		if [ -z "$REF_BRCTL" ] && [ -x "$try" ] &&
		   "$try" --version 2>/dev/null | grep -qi bridge-utils; then
			REF_BRCTL=$try
		fi
	done
	unset try
fi

# Debian's, for which its packages are, whatever else stands in PATH.
if [ -z "${PYTHON:-}" ]; then
	PYTHON=/usr/bin/python3
	[ -x $PYTHON ] || PYTHON=python3
fi

FRAME=$VB_BUILD/tests/tools/frame
export VB_BUILD BRCTL VCONFIG REF_BRCTL FRAME PYTHON
