# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# What functions say by referring to others, for those behind header.awk. Of
# errnos, the form of @return is
#
#   0, or a negative errno: -ENODEV (no such device), -EPERM, -EACCES (not
#   now), -EXDEV and -ENXIO as vbr_a(), as vbr_b(); also -EINVAL (a reason)
#
# so that each errno has its reason, or stands with others before the one that
# they share; "as vbr_b()" alone takes all that there are. After resolve(name)
#
#   lead[name]                 the words before the first errno
#   errnos[name]               how many
#   errno[name, i], reason[name, i]
#
# and meaning(name, parameter) is what stands there, or in a function that
# @return refers to, or what the parameter means in all.

function add_errno(name, e, why,    i)
{
	for (i = 1; i <= errnos[name] && errno[name, i] != e; i++)
		;
	if (i > errnos[name]) {
		errnos[name] = i
		errno[name, i] = e
		reason[name, i] = why
	} else if (index(why, reason[name, i])) {
		reason[name, i] = why
	} else if (index(reason[name, i], why) == 0) {
		reason[name, i] = reason[name, i] "; " why
	}
}

# Those of "run", which are all of them when it is empty, out of "from".
function take_errnos(name, from, run,    i, taken)
{
	if (!(from in kind)) {
		fault(name " refers to " from "(), which is not there")
		return
	}
	resolve(from)
	refers[name] = refers[name] from " "
	if (lead[name] == "")
		lead[name] = lead[from]
	for (i = 1; i <= errnos[from]; i++) {
		if (run != "" && index(run, errno[from, i] " ") == 0)
			continue
		add_errno(name, errno[from, i], reason[from, i])
		taken = taken errno[from, i] " "
	}
	if (run != "" && length(taken) != length(run))
		fault(name ": " from "() does not have all of " run)
}

# The length of what stands in brackets at the beginning, or 0.
function bracket_length(s,    i, depth, c)
{
	if (s !~ /^\(/)
		return 0
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		depth += (c == "(") - (c == ")")
		if (depth == 0)
			return i
	}
	return 0
}

function give_reason(name, run, why,    n, i, list)
{
	n = split(trim(run), list, " ")
	if (n == 0)
		fault(name ": a reason without an errno: " why)
	for (i = 1; i <= n; i++)
		add_errno(name, list[i], why)
}

function read_errnos(name, s,    run, n)
{
	run = ""
	while (s != "") {
		if (match(s, /^([ ,;.]+|(and|or|also) )/)) {
			s = substr(s, RLENGTH + 1)
		} else if (match(s, /^-E[A-Z0-9]+/)) {
			run = run substr(s, 1, RLENGTH) " "
			s = substr(s, RLENGTH + 1)
		} else if (match(s, /^as vbr_[a-z0-9_]+\(\)/)) {
			n = RLENGTH
			take_errnos(name, substr(s, 4, n - 5), run)
			run = ""
			s = substr(s, n + 1)
		} else if ((n = bracket_length(s))) {
			give_reason(name, run, substr(s, 2, n - 2))
			run = ""
			s = substr(s, n + 1)
		} else {
			fault(name ": @return is not clear: " s)
			return
		}
	}
	if (run != "")
		fault(name ": " run "without a reason")
}

function resolve(name,    s, at)
{
	if (name in resolved) {
		if (resolved[name] == "doing")
			fault(name "() refers to itself")
		return
	}
	resolved[name] = "doing"
	s = return_text[name]
	errnos[name] = 0
	at = match(s, /-E[A-Z]|(^|[ ])as vbr_/)
	lead[name] = s
	if (at) {
		lead[name] = substr(s, 1, at - 1)
		sub(/,? (or )?$/, "", lead[name])
		sub(/:$/, "", lead[name])
		read_errnos(name, trim(substr(s, at)))
	}
	resolved[name] = "done"
}

# A snapshot, or what is in one.
function is_handle(type)
{
	return type ~ /^(const )?struct vbr_[a-z_]+ \*[a-z]/ && 
		type !~ /vbr_(ctx|watch) /
}

# The function among those that "name" refers to that has the parameter.
function referred(name, param,    n, i, list)
{
	n = split(trim(refers[name]), list, " ")
	for (i = 1; i <= n; i++)
		if ((list[i], param) in is_arg)
			return list[i]
	return ""
}

# A loop: gawk 5.2 frees local arrays twice in functions that call themselves.
function meaning(name, param, type,    at)
{
	for (at = name; at != ""; at = referred(at, param))
		if ((at, param) in param_text)
			return param_text[at, param]
	if (is_handle(type))
		return name ~ /_free$/ ? "what is freed; NULL is nothing" : \
			"what is asked"
	if (param in common)
		return common[param]
	if (param ~ /^ret_/ && "ret_" in common)
		return common["ret_"]
	fault(name " does not say what " param " is")
	return ""
}
