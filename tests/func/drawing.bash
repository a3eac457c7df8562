# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The drawings of tree, whose characters are those of the locale.

# in_ascii TEXT: a drawing of tree as an ASCII terminal has it, in $ascii.
in_ascii()
{
	ascii=${1//┌──/,--}
	ascii=${ascii//├──/|--}
	ascii=${ascii//└──/\`--}
	ascii=${ascii//│/|}
}
