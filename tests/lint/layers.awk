# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The layers, and the search for cycles in a graph, for includes.awk and
# calls.awk.

BEGIN {
	# The layers that each layer may include and call, including itself.
	# brctl and vconfig are on the same level, and so are wire and sys.
	below["base"] = " base "
	below["wire"] = " wire base "
	below["sys"] = " sys base "
	below["core"] = " core wire sys base "
	below["api"] = " api core wire sys base "
	below["ip"] = " ip api core wire sys base "
	below["config"] = " config ip api core base "
	below["trace"] = " trace api core base "
	below["live"] = " live trace api core wire sys base "
	below["guard"] = " guard config ip api core wire sys base "
	below["topology"] = " topology api core wire sys base "
	below["check"] = " check topology config api core wire base "
	below["reach"] = " reach trace check topology config api core wire base "
	below["nl"] = " nl "
	below["cli"] = " cli "
	below["brctl"] = " brctl cli "
	below["vconfig"] = " vconfig cli "
	below["tools"] = " tools brctl vconfig cli "
	below["header"] = below["examples"] = " "
	split("tools brctl vconfig cli nl guard reach check topology live trace config ip api core wire sys base", layers, " ")
}

# layer_of(PATH): returns the layer of a file below the root.
function layer_of(path)
{
	if (path == "config.h")
		return "config.h"
	if (path == "lib/vbridge.h")
		return "header"
	if (path ~ /^lib\/(guard|reach|check|topology|live|trace|config|ip|api|core|wire|sys|base|nl)\//) {
		sub(/^lib\//, "", path)
		sub(/\/.*/, "", path)
		return path
	}
	if (path ~ /^(cli|brctl|vconfig|tools|examples)\//) {
		sub(/\/.*/, "", path)
		return path
	}
	return "unknown"
}

function is_below(from, to)
{
	return index(below[from], " " to " ") > 0
}

# add_edge(FROM, TO, LABEL): adds an edge; nodes are words.
function add_edge(from, to, label)
{
	if (!(from in successors))
		nodes[++node_count] = from
	if (!((from, to) in labels)) {
		successors[from] = successors[from] " " to
		labels[from, to] = label
	} else if (!index(", " labels[from, to] ",", ", " label ",")) {
		labels[from, to] = labels[from, to] ", " label
	}
}

function circle_edge(from, to)
{
	circles[layer_of(from)]++
	if (!table)
		print from ": in a cycle with " to " (" labels[from, to] ")"
}

# Prints each edge of the strongly connected component that is on the top of
# the stack, down to the node V.
function pop_component(v,    w, members, count, i, k, member, next_of, n)
{
	do {
		w = stack[depth--]
		delete on_stack[w]
		members[w] = 1
		member[++count] = w
	} while (w != v)
	for (i = count; i > 0; i--) {
		n = split(successors[member[i]], next_of, " ")
		for (k = 1; k <= n; k++)
			if (next_of[k] in members)
				circle_edge(member[i], next_of[k])
	}
}

# Tarjan's algorithm, from the node V.
function visit(v,    next_of, n, i, w)
{
	order[v] = lowest[v] = ++visits
	stack[++depth] = v
	on_stack[v] = 1
	n = split(successors[v], next_of, " ")
	for (i = 1; i <= n; i++) {
		w = next_of[i]
		if (!(w in order))
			visit(w)
		if (w in on_stack && lowest[w] < lowest[v])
			lowest[v] = lowest[w]
	}
	if (lowest[v] == order[v])
		pop_component(v)
}

function print_circles(    i)
{
	for (i = 1; i <= node_count; i++)
		if (!(nodes[i] in order))
			visit(nodes[i])
}
