# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The drawings of tree, whose line characters depend on the locale.

# in_ascii TEXT: sets $ascii to the drawing as an ASCII terminal shows it.
in_ascii()
{
	ascii=${1//┌──/,--}
	ascii=${ascii//├──/|--}
	ascii=${ascii//└──/\`--}
	ascii=${ascii//│/|}
}
