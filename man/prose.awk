# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Prose as mdoc: what is a function, an errno, a constant or another page gets
# its macro. Prose is the headers' and libvbridge.md's: `code`, **strong**, and
# words. out(line) is where it goes; on_page[] are functions of this page.

function escape(s)
{
	gsub(/\\/, "\\e", s)
	gsub(/^-/, "\\-", s)
	gsub(/ -/, " \\-", s)
	return s
}

# What a macro's argument needs besides.
function quote(s)
{
	s = escape(s)
	gsub(/"/, "\\(dq", s)
	return s ~ / / || length(s) < 4 ? "\"" s "\"" : s
}

# The mdoc for a word of which this is the whole; "" for any word.
function macro_of(core,    name)
{
	if (core ~ /^`.*`$/)
		return "Ql " quote(substr(core, 2, length(core) - 2))
	if (core ~ /^\*\*.*\*\*$/)
		return "Sy " quote(substr(core, 3, length(core) - 4))
	if (core ~ /^(vbr|nl)[a-z0-9_]*_[a-z0-9_]+\(\)$/) {
		name = substr(core, 1, length(core) - 2)
		return name in on_page ? "Fn " name : "Xr " name " 3"
	}
	if (core ~ /^[a-z][a-z0-9_-]*\([1-8]\)$/) {
		name = substr(core, 1, index(core, "(") - 1)
		return "Xr " name " " substr(core, length(name) + 2, 1)
	}
	if (core ~ /^-?E[A-Z0-9][A-Z0-9]+$/)
		return "Er " escape(core)
	if (core ~ /^(VBR_[A-Z0-9_]+|CAP_[A-Z_]+|IFF_[A-Z]+|NULL)$/)
		return "Dv " core
	if (core ~ /^\/[a-z]+(\/[a-z]+)*$/)
		return "Pa " core
	return ""
}

# A word's last characters, as macros take them.
function args_after(s,    c, all)
{
	while (s != "") {
		c = substr(s, 1, 1)
		if (index(".,:;?!)", c)) {
			all = all " " c
			s = substr(s, 2)
		} else {
			return all " Ns No " quote(s)
		}
	}
	return all
}

function flush_words()
{
	if (words_out != "") {
		if (words_out ~ /^[.']/)
			words_out = "\\&" words_out
		out(words_out)
	}
	words_out = ""
}

function put_word(w)
{
	w = escape(w)
	if (words_out == "")
		words_out = w
	else if (length(words_out) + length(w) > 76) {
		flush_words()
		words_out = w
	} else
		words_out = words_out " " w
	if (w ~ /[A-Za-z0-9)"'][.?!]\)?$/)
		flush_words()
}

function put_macro(before, macro, after)
{
	flush_words()
	macro = macro args_after(after)
	if (before != "")
		macro = "Pf " quote(before) " " macro
	out("." macro)
}

# Where the piece of a word that may have a macro begins and ends: in RSTART
# and RLENGTH.
function find_core(w)
{
	return match(w, /`[^`]*`/) ||
		match(w, /\*\*[^*]*\*\*/) ||
		match(w, /(vbr|nl)[a-z0-9_]*_[a-z0-9_]+\(\)/) ||
		match(w, /[a-z][a-z0-9_-]*\([1-8]\)/) ||
		match(w, /(^|[^A-Za-z0-9_-])-?E[A-Z0-9][A-Z0-9]+/) ||
		match(w, /(VBR_[A-Z0-9_]+|CAP_[A-Z_]+|IFF_[A-Z]+|NULL)/) ||
		match(w, /\/[a-z]+(\/[a-z]+)*/)
}

function put_piece(w,    start, len, core)
{
	if (find_core(w)) {
		start = RSTART
		len = RLENGTH
		core = substr(w, start, len)
		if (core ~ /^[^A-Za-z0-9_`*\/-]/) {
			core = substr(core, 2)
			start++
			len--
		}
		# A slash within a word is no path.
		if (macro_of(core) != "" &&
		    (substr(core, 1, 1) != "/" || start == 1 ||
		     substr(w, 1, start - 1) ~ /^[("]$/)) {
			put_macro(substr(w, 1, start - 1), macro_of(core),
				  substr(w, start + len))
			return
		}
	}
	put_word(w)
}

# `a b` and **a b** are one word.
function prose(s,    n, i, list, w, mark)
{
	n = split(s, list, " ")
	for (i = 1; i <= n; i++) {
		w = list[i]
		mark = w ~ /`/ ? "`" : w ~ /\*\*/ ? "**" : ""
		while (mark != "" && i < n && odd(w, mark))
			w = w " " list[++i]
		put_piece(w)
	}
	flush_words()
}

function odd(w, mark,    n)
{
	n = 0
	while (index(w, mark)) {
		n++
		w = substr(w, index(w, mark) + length(mark))
	}
	return n % 2
}

# Paragraphs as header.awk leaves them: a line each, or an item of a list.
function paragraphs_out(s,    n, i, lines, in_list)
{
	n = split(s, lines, "\n")
	in_list = 0
	for (i = 1; i <= n; i++) {
		if (lines[i] ~ /^- /) {
			if (!in_list)
				out(".Bl -bullet -compact")
			in_list = 1
			out(".It")
			prose(substr(lines[i], 3))
			continue
		}
		if (in_list)
			out(".El")
		if (i > 1)
			out(".Pp")
		in_list = 0
		prose(lines[i])
	}
	if (in_list)
		out(".El")
}
