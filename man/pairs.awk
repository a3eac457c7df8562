# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Prints what functions are said to return: a function and an errno a line. It
# stands behind header.awk and errnos.awk.

function finish(    i, k, name)
{
	for (i = 1; i <= entries; i++) {
		name = entry[i]
		if (kind[name] != "function")
			continue
		resolve(name)
		for (k = 1; k <= errnos[name]; k++)
			print name, substr(errno[name, k], 2)
	}
}
