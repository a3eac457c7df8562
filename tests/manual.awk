# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Prints examples of a manual page: those in the section -v section= and, if
# given, in its subsection -v title=. Lines of one command (.Dl) if -v lines=1,
# else the blocks (.Bd), each after a line "#".

function plain(text)
{
	gsub(/\\&/, "", text)
	gsub(/\\e/, "\\", text)
	return text
}

/^\.Sh / {
	in_section = substr($0, 5) == section
	in_title = title == ""
}

/^\.Ss / && title != "" {
	in_title = plain(substr($0, 5)) == title
}

!in_section || !in_title {
	next
}

/^\.Dl / && lines {
	print plain(substr($0, 5))
}

/^\.Ed/ {
	in_block = 0
}

in_block {
	print plain($0)
}

/^\.Bd / && !lines {
	print "#"
	in_block = 1
}
