# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Reads, after layers.awk, the output of declarations.awk for the headers and
# of "nm -A -P -g" for the object files. Prints each call that a layer must not
# make, each cycle of calls, each weak symbol, and each function that is
# declared in a header whose name differs from the file that defines it. With
# table=1, prints numbers instead. The variable sources has the names of all C
# files.

BEGIN {
	# config.h, which all layers include, declares them for _() and P_().
	public["translate"] = 1
	public["translate_count"] = 1
	count = split(sources, list, " ")
	for (i = 1; i <= count; i++)
		if (list[i] ~ /\.c$/)
			source[substr(list[i], 1, length(list[i]) - 2)] = 1
}

# unit(OBJECT): returns "lib/api/x" for "lib/api/.libs/x.o".
function unit(object)
{
	sub(/\.libs\//, "", object)
	sub(/\/lib[a-z_]*_la-/, "/", object)
	sub(/\.o$/, "", object)
	return object
}

# Libraries that are linked separately may define the same name; each program
# has a main().
function linked_with(layer)
{
	return layer ~ /^(tools|nl)$/ ? layer : "all"
}

# definer(SYMBOL, LAYER): returns the unit that defines the symbol for this
# layer, or "".
function definer(symbol, layer,    its, i)
{
	its = linked_with(layer)
	if ((its, symbol) in defined)
		return defined[its, symbol]
	for (i = split("all tools nl", list, " "); i > 0; i--)
		if ((list[i], symbol) in defined)
			its = defined[list[i], symbol]
	return its ~ /\// ? its : ""
}

# Functions of the public header may be called, whatever layer defines them.
function may_call(from, to, symbol)
{
	if (is_below(from, to))
		return 1
	return symbol in public && from ~ /^(nl|cli|brctl|vconfig)$/ &&
		to ~ /^(guard|reach|check|topology|live|trace|config|ip|api|core|wire|sys|base)$/
}

function check_call(from, symbol,    to, its, others, call)
{
	its = layer_of(from)
	to = definer(symbol, its)
	if (to == "")
		return
	others = layer_of(to)
	if (its == others) {
		within[its]++
		add_edge(from, to, symbol)
	} else if (may_call(its, others, symbol)) {
		down[its]++
		add_edge(from, to, symbol)
	} else {
		up[its]++
		call = from ".c: must not call " to ".c"
		if (!(call in upward)) {
			wrong[++wrong_count] = call
			upward[call] = symbol
		} else {
			upward[call] = upward[call] ", " symbol
		}
	}
}

# x.h declares functions of x.c, or of files whose names begin with x-, for
# example x-list.c.
function check_declared(i,    part, own, found)
{
	split(declared[i], part, " ")
	own = part[1]
	sub(/\.h$/, "", own)
	found = definer(part[2], layer_of(part[1]))
	if (found != "" && found != own && index(found, own "-") != 1)
		print part[1] ": declares " part[2] ", which " found \
			".c defines"
}

# Lines about headers: "FILE NAME KIND"
$1 ~ /\.h$/ {
	if ($1 == "lib/vbridge.h")
		public[$2] = 1
	else if ($1 ~ /^(lib|cli)\// && $1 != "lib/nl/vbridge-nl.h")
		declared[++declared_count] = $1 " " $2
	next
}

# Lines about object files: "OBJECT: SYMBOL TYPE [VALUE SIZE]"
{
	object = $1
	sub(/:$/, "", object)
	of = unit(object)
	if (!(of in source))
		next
	if (!(of in read)) {
		read[of] = 1
		objects[layer_of(of)]++
	}
	if ($3 ~ /^[WwVv]$/ && $2 !~ /^_[_A-Z]/)
		weak[++weak_count] = of ".c: the symbol " $2 " is weak"
	if ($3 ~ /^[Uwv]$/)
		needed[++needed_count] = of " " $2
	else
		defined[linked_with(layer_of(of)), $2] = of
}

function print_table(    i, name)
{
	printf "%-8s %8s %6s %7s %4s %8s\n", "layer", "objects", "down",
		"within", "up", "circling"
	for (i = 1; i in layers; i++) {
		name = layers[i]
		printf "%-8s %8d %6d %7d %4d %8d\n", name, objects[name],
			down[name], within[name], up[name], circles[name]
	}
}

# JSON implementations, of which a configuration builds only one.
function is_left_out(name)
{
	return name ~ /^cli\/json(-dlopen|-link|-none|)$/
}

# A unit without an object file was not built, so its calls are not known.
function print_unread(    name)
{
	for (name in source)
		if (!(name in read) && layer_of(name) != "examples" &&
		    !(layer_of(name) == "nl" && !objects["nl"]) &&
		    !is_left_out(name))
			print name ".c: has no object file"
}

END {
	for (i = 1; i <= needed_count; i++) {
		split(needed[i], part, " ")
		check_call(part[1], part[2])
	}
	if (table) {
		print_circles()
		print_table()
		exit
	}
	for (i = 1; i <= weak_count; i++)
		print weak[i]
	for (i = 1; i <= wrong_count; i++)
		print wrong[i] " (" upward[wrong[i]] ")"
	for (i = 1; i <= declared_count; i++)
		check_declared(i)
	print_circles()
	print_unread()
}
