# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Reads the library's headers: what they declare, and what the comments say
# about it. It only knows the style in which they are written. What follows on
# the command line (pages.awk, errnos.awk, doxygen.awk) makes something of it,
# in a function finish().
#
#   group[1..groups]           names; group_title, group_text by name
#   entry[1..entries]          names, in the order of the headers
#   kind[]                     function, callback, enum, struct, define
#   place[], in_group[]        where it is declared, and its group
#   text[], since[]            what it does; paragraphs end with a newline
#   param_text[name, param]    what @param says
#   return_text[name]          what @return says
#   type_of[name]              what a function returns
#   args[name]                 how many; arg[name, i], arg_name[name, i]
#   members[name]              of enum or struct: member[name, i], the text in
#                              member_text[name, i]
#   value[name]                of a define
#   common[param]              what the parameter means in all functions
#   file_text[]                the comment about a header, as it is

function fault(what)
{
	print (ended ? "" : FILENAME ":" FNR ": ") what > "/dev/stderr"
	faults++
}

function trim(s)
{
	gsub(/^[ \t\n]+|[ \t\n]+$/, "", s)
	return s
}

function squeeze(s)
{
	gsub(/[ \t\n]+/, " ", s)
	return trim(s)
}

# The line of a comment without what makes it one.
function bare(line)
{
	sub(/^[ \t]*\/\*\*<? ?/, "", line)
	sub(/[ \t]*\*\/.*$/, "", line)
	sub(/^[ \t]*\* ?/, "", line)
	return line
}

# Paragraphs, and items of lists, are lines; the others are joined.
function paragraphs(s,    n, i, lines, all)
{
	n = split(s, lines, "\n")
	all = ""
	for (i = 1; i <= n; i++) {
		if (lines[i] ~ /^[ \t]*$/)
			all = all "\n"
		else if (lines[i] ~ /^- /)
			all = all "\n" lines[i]
		else
			all = all " " trim(lines[i])
	}
	gsub(/[ \t]*\n[ \t]*/, "\n", all)
	gsub(/\n+/, "\n", all)
	return trim(all)
}

# Takes the comment apart: into said_text, said_since, said_group,
# said_return, and said_param[].
function read_comment(s,    at, command, rest)
{
	split("", said_param)
	said_return = said_group = said_since = ""
	if (match(s, /Since: [0-9.]*[0-9]/)) {
		said_since = substr(s, RSTART + 7, RLENGTH - 7)
		s = substr(s, 1, RSTART - 1) substr(s, RSTART + RLENGTH)
	}
	if (match(s, /@ingroup [a-z_]+/)) {
		said_group = substr(s, RSTART + 9, RLENGTH - 9)
		s = substr(s, 1, RSTART - 1) substr(s, RSTART + RLENGTH)
	}
	at = match(s, /@(param|return)/)
	said_text = paragraphs(at ? substr(s, 1, at - 1) : s)
	while (at) {
		s = substr(s, at + 1)
		at = match(s, /@(param|return)/)
		rest = squeeze(at ? substr(s, 1, at - 1) : s)
		command = substr(rest, 1, index(rest, " ") - 1)
		rest = substr(rest, index(rest, " ") + 1)
		if (command == "return") {
			said_return = rest
		} else {
			command = substr(rest, 1, index(rest, " ") - 1)
			said_param[command] = substr(rest, index(rest, " ") + 1)
		}
	}
}

function read_group(s,    name)
{
	sub(/^.*@defgroup /, "", s)
	name = s
	sub(/[ \n].*/, "", name)
	sub(/^[a-z_]+ */, "", s)
	if (!(name in group_title))
		group[++groups] = name
	group_title[name] = substr(s, 1, index(s, "\n") - 1)
	s = substr(s, index(s, "\n") + 1)
	sub(/@\{/, "", s)
	group_text[name] = paragraphs(s)
	header_of[name] = FILENAME
	now = name
}

# Of the comment about the file: the parameters that all functions share.
function read_common(s,    n, i, k, lines, names, what)
{
	n = split(paragraphs(s), lines, "\n")
	for (i = 1; i <= n && lines[i] !~ /^\*\*Parameters\.\*\*/; i++)
		;
	while (++i <= n && lines[i] ~ /^- /) {
		what = substr(lines[i], index(lines[i], ": ") + 2)
		sub(/[;.]$/, "", what)
		k = split(substr(lines[i], 3, index(lines[i], ": ") - 3),
			  names, /, */)
		for (; k > 0; k--)
			common[names[k]] = what
	}
}

function add_entry(name, what)
{
	if (name in kind)
		fault(name " is declared twice")
	entry[++entries] = name
	kind[name] = what
	place[name] = FILENAME ":" start
	text[name] = said_text
	since[name] = said_since
	in_group[name] = said_group != "" ? said_group : now
	return_text[name] = said_return
	if (!commented)
		fault(name " is not documented")
	else if (said_since == "")
		fault(name " does not say since when it is there")
	if (in_group[name] == "")
		fault(name " is in no group")
}

# A declaration "int f(struct x *x, int y)", or the callback's, squeezed.
function add_function(s, what,    head, name, n, i, parts, p)
{
	head = substr(s, 1, index(s, "(") - 1)
	s = substr(s, index(s, "(") + 1)
	if (what == "callback") {
		sub(/^typedef /, "", head)
		name = substr(s, 2, index(s, ")") - 2)
		s = substr(s, index(s, "(") + 1)
	} else {
		name = head
		sub(/^.*[ *]/, "", name)
		head = substr(head, 1, length(head) - length(name))
	}
	add_entry(name, what)
	type_of[name] = trim(head)
	sub(/\);?$/, "", s)
	args[name] = s == "void" ? 0 : split(s, parts, /, */)
	for (i = 1; i <= args[name]; i++) {
		p = parts[i]
		arg[name, i] = p
		sub(/\[[0-9]*\]$/, "", p)
		sub(/^.*[ *]/, "", p)
		arg_name[name, i] = p
		is_arg[name, p] = 1
	}
	for (p in said_param) {
		if (!((name, p) in is_arg))
			fault(name " has no parameter " p)
		param_text[name, p] = said_param[p]
	}
}

# The lines of an enum or a struct, comments included.
function add_members(s, what, name,    n, i, lines, k)
{
	add_entry(name, what)
	n = split(s, lines, "\n")
	k = 0
	for (i = 1; i <= n; i++) {
		if (lines[i] ~ /^\t[A-Za-z]/) {
			member[name, ++k] = trim(lines[i])
			sub(/[ \t]*\/\*\*<.*/, "", member[name, k])
			sub(/[,;]$/, "", member[name, k])
			gsub(/[ \t]+/, " ", member[name, k])
		}
		if (k > 0 && lines[i] ~ /\/\*\*<|^[ \t]+[^\t ]/) {
			sub(/^.*\/\*\*</, "/**<", lines[i])
			if (lines[i] !~ /^\t[A-Za-z].*[,;]?$/ ||
			    lines[i] ~ /^\/\*\*</)
				member_text[name, k] = squeeze( \
					member_text[name, k] " " \
					bare(lines[i]))
		}
	}
	members[name] = k
}

function declare(s,    name)
{
	read_comment(comment)
	if (s ~ /^#define/) {
		split(s, words, /[ \t]+/)
		add_entry(words[2], "define")
		value[words[2]] = words[3]
	} else if (s ~ /^(enum|struct) [a-z_]+ \{/) {
		name = s
		sub(/ \{.*/, "", name)
		add_members(s, substr(name, 1, index(name, " ") - 1), name)
	} else if (s ~ /^typedef/) {
		add_function(squeeze(s), "callback")
	} else if (s ~ /\(/) {
		add_function(squeeze(s), "function")
	}
	comment = ""
	commented = 0
}

function end_comment()
{
	in_comment = 0
	commented = 1
	if (comment ~ /@file/) {
		read_common(comment)
		file_text[FILENAME] = comment
	}
	if (comment ~ /@defgroup/)
		read_group(comment)
	if (comment ~ /@file|@defgroup|@\}/)
		commented = 0
	if (comment ~ /@\}/)
		now = ""
	if (!commented)
		comment = ""
}

FNR == 1 {
	now = comment = declaration = ""
	in_comment = commented = depth = 0
}

in_comment {
	comment = comment "\n" bare($0)
	if (/\*\//)
		end_comment()
	next
}

declaration == "" && /^\/\*\*/ {
	in_comment = 1
	comment = bare($0)
	if (/\*\//)
		end_comment()
	next
}

declaration == "" && /^#define [A-Z0-9_]+ / {
	start = FNR
	declare($0)
	next
}

declaration == "" && /^(#|\/\*|extern "C"|\}|[ \t]*$)/ {
	next
}

{
	if (declaration == "")
		start = FNR
	declaration = declaration == "" ? $0 : declaration "\n" $0
	line = $0
	gsub(/\/\*.*\*\//, "", line)
	depth += gsub(/\{/, "{", line) - gsub(/\}/, "}", line)
	if (depth == 0 && line ~ /;[ \t]*$/) {
		if (declaration !~ /^struct [a-z_]+;$/)
			declare(declaration)
		declaration = ""
	}
}

END {
	ended = 1
	finish()
	if (faults)
		exit 1
}
