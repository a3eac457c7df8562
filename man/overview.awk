# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Writes libvbridge(3) from libvbridge.md, of whose language it knows headings,
# paragraphs, lists and code. It stands behind prose.awk; -v date= is what the
# page is dated.

function out(line)
{
	print line
}

# What was gathered of a paragraph, or of an item.
function end_text()
{
	if (text != "") {
		if (after_text && !in_list)
			out(".Pp")
		if (section == "SEE ALSO")
			see_also(text)
		else
			prose(text)
		after_text = 1
	}
	text = ""
}

function see_also(s,    n, i, list)
{
	n = split(s, list, /, /)
	for (i = 1; i <= n; i++)
		out("." macro_of(list[i]) (i < n ? " ," : ""))
}

function end_list()
{
	end_text()
	if (in_list)
		out(".El")
	in_list = 0
}

function begin_page(title,    at)
{
	at = index(title, ": ")
	out(".\\\" SPDX-License-Identifier: LGPL-2.1-or-later")
	out(".\\\" Copyright (C) 2026 The vbridge authors")
	out(".\\\" Made from libvbridge.md.")
	out(".Dd " date)
	out(".Dt LIBVBRIDGE 3")
	out(".Os")
	out(".Sh NAME")
	out(".Nm " substr(title, 1, at - 1))
	out(".Nd " substr(title, at + 2))
}

/^```/ {
	end_list()
	in_code = !in_code
	if (in_code && after_text)
		out(".Pp")
	out(in_code ? ".Bd -literal -offset indent -compact" : ".Ed")
	next
}

in_code {
	gsub(/\\/, "\\e")
	if (/^[.']/)
		$0 = "\\&" $0
	out($0)
	next
}

/^<!--/ {
	next
}

/^# / {
	begin_page(substr($0, 3))
	next
}

/^## / {
	end_list()
	section = toupper(substr($0, 4))
	out(".Sh " section)
	after_text = 0
	next
}

/^- / {
	end_text()
	if (!in_list) {
		if (after_text)
			out(".Pp")
		out(".Bl -bullet -compact")
	}
	in_list = 1
	out(".It")
	text = substr($0, 3)
	next
}

/^$/ {
	end_list()
	next
}

{
	gsub(/^ +/, "")
	text = text == "" ? $0 : text " " $0
}

END {
	end_list()
}
