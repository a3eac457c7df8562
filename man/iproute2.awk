# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Makes the tables of vbridge-iproute2(7) from iproute2.rows.

function escape(text)
{
	gsub(/\\/, "\\e", text)
	gsub(/-/, "\\-", text)
	return text
}

# What must be there for the row: features that most kernels have are left out.
function since(needs,    words, count, i, found)
{
	count = split(needs, words, " ")
	for (i = 1; i <= count; i++)
		if (words[i] ~ /^iproute2-/) {
			found = words[i]
			sub(/^iproute2-/, "", found)
		}
	return found
}

/^#/ || NF == 0 { next }

/^== / {
	printf "%s.Sh %s\n", is_open ? ".El\n" : "", toupper(substr($0, 4))
	print ".Bl -tag -width Ds -compact"
	is_open = 1
	next
}

{
	split($0, cells, / \| /)
	sub(/^\? /, "", cells[1])
	printf ".It Li %s\n", escape(cells[1])
	printf ".Li %s\n", escape(cells[2])
	if (since(cells[3]) != "")
		printf "(iproute2 %s)\n", since(cells[3])
}

END { if (is_open) print ".El" }
