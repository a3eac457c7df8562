# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Writes a header as doxygen likes it: what stands behind a reference is said
# in full, parameters and errnos are listed. It stands behind header.awk and
# resolve.awk; -v only= is the header.

# Characters that doxygen takes for its own.
function plain(s)
{
	gsub(/[\\%<>#&]/, "\\\\&", s)
	return s
}

function put_paragraphs(s)
{
	s = plain(s)
	gsub(/\n/, "\n\n", s)
	print s
}

function put_meanings(name,    i, a)
{
	for (i = 1; i <= args[name]; i++) {
		a = arg_name[name, i]
		print "@param " a " " plain(meaning(name, a, arg[name, i]))
	}
}

function put_return(name,    i)
{
	if (type_of[name] ~ /void$/)
		return
	if (lead[name] != "")
		print "@return " plain(lead[name])
	else
		print "@return it."
	for (i = 1; i <= errnos[name]; i++)
		print "@retval " errno[name, i] " " plain(reason[name, i])
}

function put_declaration(name,    i, s)
{
	for (i = 1; i <= args[name]; i++)
		s = s (i > 1 ? ", " : "") arg[name, i]
	s = "(" (s == "" ? "void" : s) ");"
	if (kind[name] == "callback")
		print "typedef " type_of[name] " (*" name ")" s
	else
		print type_of[name] " " name s
}

function put_members(name,    i, m, end)
{
	end = kind[name] == "enum" ? "," : ";"
	print name " {"
	for (i = 1; i <= members[name]; i++) {
		m = member_text[name, i]
		if (m == "")
			fault(name ": " member[name, i] " is not documented")
		print member[name, i] end " /**< " plain(m) " */"
	}
	print "};"
}

function put_entry(name)
{
	print "/**"
	print "@ingroup " in_group[name] "\n"
	put_paragraphs(text[name])
	if (kind[name] ~ /function|callback/) {
		resolve(name)
		put_meanings(name)
		put_return(name)
	}
	print "\n@since " since[name]
	print "*/"
	if (kind[name] ~ /enum|struct/)
		put_members(name)
	else if (kind[name] == "define")
		print "#define " name " " value[name]
	else
		put_declaration(name)
}

function finish(    i, name)
{
	print "/**" file_text[only] "*/"
	for (i = 1; i <= groups; i++) {
		name = group[i]
		if (header_of[name] != only)
			continue
		print "/** @defgroup " name " " plain(group_title[name])
		put_paragraphs(group_text[name])
		print "*/"
	}
	for (i = 1; i <= entries; i++)
		if (index(place[entry[i]], only ":") == 1)
			put_entry(entry[i])
}
