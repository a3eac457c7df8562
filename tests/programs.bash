# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Finds the programs under test and the test programs: sets and exports
# VB_BUILD, BRCTL, VCONFIG, REF_BRCTL and PYTHON if the caller has not set them,
# and FRAME.

# Only "cd" and "pwd": starting a process is slow in User-Mode Linux.
tests_dir=$(cd "${BASH_SOURCE[0]%/*}" && pwd)

# The build tree is the source tree, or build/ in it.
if [ -z "${VB_BUILD:-}" ]; then
	VB_BUILD=${tests_dir%/*}
	[ ! -e "$VB_BUILD/build/config.status" ] || VB_BUILD=$VB_BUILD/build
fi

# Does not use libtool's wrapper script, which takes longer than the program
# itself.
if [ -z "${BRCTL:-}" ]; then
	BRCTL=$VB_BUILD/tools/brctl
	if [ -x "$VB_BUILD/tools/.libs/brctl" ]; then
		BRCTL=$VB_BUILD/tools/.libs/brctl
		export LD_LIBRARY_PATH=$VB_BUILD/lib/.libs
	fi
fi

if [ -z "${VCONFIG:-}" ]; then
	VCONFIG=$VB_BUILD/tools/vconfig
	if [ -x "$VB_BUILD/tools/.libs/vconfig" ]; then
		VCONFIG=$VB_BUILD/tools/.libs/vconfig
		export LD_LIBRARY_PATH=$VB_BUILD/lib/.libs
	fi
fi

# The brctl of bridge-utils.  REF_BRCTL is empty if it is not installed.
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

# Debian's Python, which finds Debian's python3-* packages, even if PATH has
# another one first.
if [ -z "${PYTHON:-}" ]; then
	PYTHON=/usr/bin/python3
	[ -x $PYTHON ] || PYTHON=python3
fi

# How the tools were built to print JSON: dlopen, link or no.
if [ -z "${VB_JSON:-}" ]; then
	VB_JSON=$(sed -n 's/^with_jansson = //p' "$VB_BUILD/tests/Makefile" \
		2> /dev/null) || :
	: "${VB_JSON:=dlopen}"
fi

FRAME=$VB_BUILD/tests/tools/frame
export VB_JSON VB_BUILD BRCTL VCONFIG REF_BRCTL FRAME PYTHON
