# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Prints a program of libvbridge(3): the code that begins with its name, which
# is -v name=; or without one, the names of all.

/^```/ {
	in_code = /^```c$/
	mine = 0
	first = in_code
	next
}

first {
	first = 0
	mine = $0 == "/* " name " */"
	if (name == "" && /^\/\* .* \*\/$/)
		print $2
	else if (name == "")
		print "no name: " $0
}

mine {
	print
	found = 1
}

END {
	if (name != "" && !found) {
		print "no program " name > "/dev/stderr"
		exit 1
	}
}
