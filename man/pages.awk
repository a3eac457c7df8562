# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Writes the pages of section 3, one for each group of the headers, and for
# each function one that leads there. It stands behind header.awk, resolve.awk
# and prose.awk; -v folder= is where to, -v date= what the pages are dated.

function out(line)
{
	print line > page
}

# Names of functions, callbacks, types and constants of a group.
function each(name, what,    i, n)
{
	n = 0
	split("", found)
	for (i = 1; i <= entries; i++)
		if (in_group[entry[i]] == name && kind[entry[i]] ~ what)
			found[++n] = entry[i]
	return n
}

function begin_page(name,    n, i)
{
	page = folder "/" name ".3"
	out(".\\\" SPDX-License-Identifier: LGPL-2.1-or-later")
	out(".\\\" Copyright (C) 2026 The vbridge authors")
	out(".\\\" Made from " place_of(name) ".")
	out(".Dd " date)
	out(".Dt " toupper(name) " 3")
	out(".Os")
	out(".Sh NAME")
	n = each(name, "^function$")
	split("", on_page)
	for (i = 1; i <= n; i++) {
		on_page[found[i]] = 1
		out(".Nm " found[i] (i < n ? " ," : ""))
	}
	out(".Nd " small(group_title[name]))
	out(".Sh LIBRARY")
	out(library_of(name))
}

# Without its capital, if it has but the one.
function small(s)
{
	if (s ~ /^[A-Z][A-Z]/)
		return s
	return tolower(substr(s, 1, 1)) substr(s, 2)
}

function place_of(name)
{
	sub(/^.*\//, "", header_of[name])
	return header_of[name]
}

# A header <x.h> goes with libx.
function library_of(name,    s)
{
	s = place_of(name)
	sub(/\.h$/, "", s)
	return "lib" s " (-l" s ")"
}

function put_prototype(name,    i)
{
	out(".Ft " quote_if(type_of[name]))
	if (kind[name] == "callback")
		out(".Fo (*" name ")")
	else
		out(".Fo " name)
	if (args[name] == 0)
		out(".Fa void")
	for (i = 1; i <= args[name]; i++)
		out(".Fa " quote_if(arg[name, i]))
	out(".Fc")
}

function quote_if(s)
{
	return s ~ / / ? "\"" s "\"" : s
}

function put_synopsis(name,    n, i)
{
	out(".Sh SYNOPSIS")
	out(".In " place_of(name))
	n = each(name, "^define$")
	for (i = 1; i <= n; i++)
		out(".Fd #define " found[i] " " value[found[i]])
	n = each(name, "^(enum|struct)$")
	for (i = 1; i <= n; i++)
		out(".Vt " found[i] " ;")
	n = each(name, "^callback$")
	for (i = 1; i <= n; i++)
		put_typedef(found[i])
	n = each(name, "^function$")
	for (i = 1; i <= n; i++)
		put_prototype(found[i])
}

function put_typedef(name)
{
	type_of[name] = "typedef " type_of[name]
	put_prototype(name)
}

# Those that mean the same at all functions are told once.
function is_common(name, a, what)
{
	return what == "what is asked" || name ~ /_free$/ ||
		what == common["ret_"] || (a in common) && what == common[a]
}

function put_common(n,    i, k, a, lines, told)
{
	split("", told)
	lines = 0
	for (i = 1; i <= n; i++) {
		for (k = 1; k <= args[found[i]]; k++) {
			a = arg_name[found[i], k]
			if (!(a in common) || told[a]++ ||
			    meaning(found[i], a, arg[found[i], k]) != common[a])
				continue
			if (!lines++) {
				out(".Pp")
				prose("Where it does not say otherwise:")
				out(".Pp")
				out(".Bl -tag -width bridge_index -compact")
			}
			out(".It Fa " a)
			prose(sentence(common[a]))
		}
	}
	if (lines)
		out(".El")
}

function put_parameters(name,    i, what, lines)
{
	lines = 0
	for (i = 1; i <= args[name]; i++) {
		what = meaning(name, arg_name[name, i], arg[name, i])
		if (is_common(name, arg_name[name, i], what))
			continue
		if (!lines++) {
			out(".Pp")
			out(".Bl -tag -width Ds -compact")
		}
		out(".It Fa " arg_name[name, i])
		prose(sentence(what))
	}
	if (lines)
		out(".El")
}

function sentence(s)
{
	s = toupper(substr(s, 1, 1)) substr(s, 2)
	return s ~ /\.$/ ? s : s "."
}

function put_functions(name,    n, i, k, tag)
{
	n = each(name, "^(callback|function)$")
	for (i = 1; i <= n; i++)
		resolve(found[i])
	put_common(n)
	out(".Bl -tag -width Ds")
	for (i = 1; i <= n; i++) {
		tag = found[i]
		for (k = 1; k <= args[found[i]]; k++)
			tag = tag " " arg_name[found[i], k]
		out(".It Fn " tag)
		paragraphs_out(text[found[i]])
		put_parameters(found[i])
	}
	out(".El")
}

function put_members(name,    i, m)
{
	out(".Bl -tag -width Ds -compact")
	for (i = 1; i <= members[name]; i++) {
		m = member[name, i]
		out(kind[name] == "enum" ? ".It Dv " m : ".It Va " quote_if(m))
		if (member_text[name, i] != "")
			prose(member_text[name, i])
	}
	out(".El")
}

function put_types(name,    n, i)
{
	n = each(name, "^(enum|struct|define)$")
	if (n == 0)
		return
	out(".Ss Types and constants")
	out(".Bl -tag -width Ds")
	for (i = 1; i <= n; i++) {
		out((kind[found[i]] == "define" ? ".It Dv " : ".It Vt ") \
			quote_if(found[i]))
		paragraphs_out(text[found[i]])
		if (members[found[i]])
			put_members(found[i])
	}
	out(".El")
}

# "0, or a negative errno" of those that say no more is said once.
function put_returns(name,    n, i, lines)
{
	n = each(name, "^(callback|function)$")
	lines = 0
	for (i = 1; i <= n; i++) {
		if (lead[found[i]] ~ /^0(, or a negative errno)?$/ ||
		    return_text[found[i]] == "")
			continue
		if (!lines++) {
			out(".Sh RETURN VALUES")
			out(".Bl -tag -width Ds")
		}
		out(".It Fn " found[i])
		prose(sentence(lead[found[i]]))
	}
	if (lines)
		out(".El")
	for (i = 1; i <= n && lead[found[i]] !~ /^0(, or a|$)/; i++)
		;
	if (i > n)
		return
	out(lines ? ".Pp" : ".Sh RETURN VALUES")
	prose((lines ? "Others that can fail" : "Functions that can fail") \
		" return 0, or a negative errno.")
}

function put_errors(name,    n, i, k, lines)
{
	n = each(name, "^function$")
	lines = 0
	for (i = 1; i <= n; i++) {
		if (errnos[found[i]] == 0)
			continue
		if (!lines++) {
			out(".Sh ERRORS")
			prose("Beside what libvbridge(3) says of all that talk to the kernel:")
			out(".Bl -tag -width Ds")
		}
		out(".It Fn " found[i])
		out(".Bl -tag -width \\-EPROTONOSUPPORT -compact")
		for (k = 1; k <= errnos[found[i]]; k++) {
			out(".It Er " escape(errno[found[i], k]))
			prose(reason[found[i], k])
		}
		out(".El")
	}
	if (lines)
		out(".El")
}

# A version, and what came with it.
function put_history(name,    n, i, k, count, versions, said)
{
	n = each(name, ".")
	count = 0
	split("", said)
	for (i = 1; i <= n; i++)
		if (!said[since[found[i]]]++)
			versions[++count] = since[found[i]]
	out(".Sh HISTORY")
	prose("All of this is there since vbridge " versions[1] \
		(count > 1 ? ", but for:" : "."))
	for (k = 2; k <= count; k++) {
		prose("since " versions[k] ":")
		for (i = 1; i <= n; i++)
			if (since[found[i]] == versions[k])
				prose(found[i] \
					(kind[found[i]] == "function" ? "()" : ""))
	}
}

# The pages by name, as is usual; those of section 8 are last.
function put_see_also(    i, k, list, name)
{
	out(".Sh SEE ALSO")
	split("", list)
	for (i = 1; i <= groups; i++) {
		for (k = i; k > 1 && list[k - 1] > group[i]; k--)
			list[k] = list[k - 1]
		list[k] = group[i]
	}
	out(".Xr libvbridge 3 ,")
	for (i = 1; i <= groups; i++)
		if (folder "/" list[i] ".3" != page)
			out(".Xr " list[i] " 3 ,")
	out(".Xr brctl 8")
}

function put_links(name,    n, i, link)
{
	n = each(name, "^function$")
	for (i = 1; i <= n; i++) {
		link = folder "/" found[i] ".3"
		print ".so man3/" name ".3" > link
		close(link)
	}
}

function finish(    i, name)
{
	for (i = 1; i <= groups; i++) {
		name = group[i]
		begin_page(name)
		put_synopsis(name)
		out(".Sh DESCRIPTION")
		paragraphs_out(group_text[name])
		put_functions(name)
		put_types(name)
		put_returns(name)
		put_errors(name)
		put_see_also()
		put_history(name)
		close(page)
		put_links(name)
	}
}
