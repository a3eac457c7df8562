# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Changes the notation of the headers and of the overview to doxygen commands.

s/@ingroup [a-z_]*/\n&\n/
s/Since: \([0-9.]*[0-9]\)/\n@since \1\n/
s/\(vbr_[a-z_]*\)(3)/[&](@ref \1)/g
