# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Reads C files. Prints "FILE NAME KIND" for each function that a file declares
# and does not define (KIND is "function"), and for each extern declaration
# (KIND is "extern"). Ignores static functions and function bodies.

# Handles the text before a ";" at file scope.
function statement(text,    before)
{
	gsub(/[ \t]+/, " ", text)
	sub(/^ /, "", text)
	if (text ~ /^extern /) {
		sub(/^extern /, "", text)
		if (FILENAME ~ /\.c$/ || text !~ /\(/) {
			sub(/ ?[[=].*/, "", text)
			sub(/ ?\(.*/, "", text)
			sub(/.*[ *]/, "", text)
			print FILENAME, text, "extern"
			return
		}
	}
	if (text ~ /^(static|typedef) / || text ~ /=/)
		return
	gsub(/__attribute__ ?\(\([^()]*(\([^()]*\)[^()]*)*\)\)/, "", text)
	if (match(text, /^[^(]*[ *][A-Za-z_][A-Za-z0-9_]*\(/)) {
		before = substr(text, 1, RLENGTH - 1)
		sub(/.*[ *]/, "", before)
		print FILENAME, before, "function"
	}
}

function opened()
{
	if (text ~ /^[ \t]*extern[ \t]*""[ \t]*$/) {
		text = ""
		return
	}
	if (depth++ == 0)
		in_function = text ~ /\)[ \t]*$/ && text !~ /=/
}

function closed()
{
	if (depth > 0 && --depth == 0 && !in_function)
		return
	if (depth == 0)
		text = ""
}

function token(word)
{
	if (word == "/*")
		in_comment = 1
	else if (word == "{")
		opened()
	else if (word == "}")
		closed()
	else if (word == ";" && depth == 0) {
		statement(text)
		text = ""
	} else if (depth == 0 && word != ";")
		text = text "\"\""
}

function take(part)
{
	if (depth == 0)
		text = text part
	else if (part ~ /(^|[^A-Za-z0-9_])extern([^A-Za-z0-9_]|$)/)
		print FILENAME, "in-a-function", "extern"
}

FNR == 1 {
	depth = in_comment = in_macro = in_function = 0
	text = ""
}

{
	line = $0
	if (in_macro || (!in_comment && line ~ /^[ \t]*#/)) {
		in_macro = line ~ /\\$/
		next
	}
	while (line != "") {
		if (in_comment) {
			if (!match(line, /\*\//))
				next
			in_comment = 0
			line = substr(line, RSTART + RLENGTH)
		} else if (match(line, \
			/"([^"\\]|\\.)*"|'([^'\\]|\\.)*'|\/\*|\/\/.*|[{};]/)) {
			take(substr(line, 1, RSTART - 1))
			word = substr(line, RSTART, RLENGTH)
			line = substr(line, RSTART + RLENGTH)
			if (word !~ /^\/\//)
				token(word)
		} else {
			break
		}
	}
	take(line " ")
}
