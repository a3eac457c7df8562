# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Reads all C files below the current directory, after layers.awk. Prints each
# include that a layer must not have, and each cycle of includes.

BEGIN {
	# System headers that a layer must not include: base must not use the
	# kernel or I/O, wire no files (sys/socket.h has the address families),
	# sys no netlink attributes, and only nl may use libnl.
	hidden["base"] = "^(linux|net|netinet|sys|libmnl|netlink)/|" \
		"^(unistd|fcntl|stdio)\\.h$"
	hidden["wire"] = "^netlink/|^sys/ioctl\\.h$|^(unistd|fcntl)\\.h$"
	hidden["sys"] = "^netlink/|" \
		"^linux/(if_link|if_bridge|rtnetlink|neighbour)\\.h$"
	hidden["core"] = hidden["api"] = hidden["ip"] = "^netlink/"
	hidden["topology"] = "^(linux|netinet|libmnl|netlink)/"
	hidden["check"] = hidden["reach"] = \
		"^(linux|netinet|sys|libmnl|netlink)/"
	hidden["config"] = "^(linux|net|netinet|sys|libmnl|netlink)/"
	hidden["guard"] = "^(linux|net|netinet|libmnl|netlink)/"
	hidden["live"] = "^netlink/"
	hidden["trace"] = "^(linux|net|netinet|libmnl|netlink)/"
	hidden["nl"] = "^libmnl/"
	hidden["header"] = hidden["cli"] = hidden["brctl"] = \
		hidden["vconfig"] = hidden["examples"] = \
		"^(linux|libmnl|netlink)/"
	for (i = 1; i < ARGC; i++)
		known[ARGV[i]] = 1
}

# plain(PATH): returns the path without "." and "..".
function plain(path)
{
	while (sub(/(^|\/)\.\//, "/", path))
		sub(/^\//, "", path)
	while (sub(/[^\/.][^\/]*\/\.\.\//, "", path))
		;
	return path
}

# resolve(FILE, INCLUDED): returns the path that the compiler finds: in the
# directory of the file, then with -I lib, then with -I.
function resolve(file, included,    beside)
{
	beside = file
	sub(/[^\/]*$/, "", beside)
	beside = plain(beside included)
	if (beside in known)
		return beside
	if (plain("lib/" included) in known)
		return plain("lib/" included)
	return plain(included)
}

# of(PATH): returns the same node for x.c and x.h, because a cycle may go
# through both.
function of(path)
{
	sub(/\.[ch]$/, "", path)
	return path
}

function check_quoted(included,    target, to)
{
	target = resolve(FILENAME, included)
	to = layer_of(target)
	if (to == "config.h" && layer != "header" && layer != "examples")
		return
	if (target in known && (of(target) != of(FILENAME) ||
				target == FILENAME))
		add_edge(of(FILENAME), of(target), included)
	if (to == "header" && layer != "header")
		return
	if (!is_below(layer, to))
		print FILENAME ": " layer " must not include " to \
			" (" included ")"
}

FNR == 1 {
	layer = layer_of(FILENAME)
	if (layer == "unknown")
		print FILENAME ": in no layer"
}

layer != "unknown" && /^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	included = $0
	sub(/^[ \t]*#[ \t]*include[ \t]*/, "", included)
	quoted = substr(included, 1, 1) == "\""
	included = substr(included, 2)
	sub(/[>"].*/, "", included)
	if (quoted)
		check_quoted(included)
	else if (included ~ hidden[layer])
		print FILENAME ": " layer " must not include <" included ">"
}

END { print_circles() }
