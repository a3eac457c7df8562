# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Reads the log of rows.bash: converts our values and ip's to one form, and
# compares them for each row.

def hex:
	ltrimstr("0x") | explode |
	reduce .[] as $c (0; . * 16 + $c - (if $c > 96 then 87 else 48 end));

# ip writes 8000.2:0:a for 8000.02000a.
def plain_id:
	split(".") | .[0] + "." + (.[1] | split(":") |
		map(if length == 1 then "0" + . else . end) | join(""));

def ticks_text:
	(. / 100 | floor | tostring) + "." +
	(. % 100 + 100 | tostring | .[1:]);

# Converts the exceptions of rows.bash to an object: "SCOPE NAME" gives the
# columns that differ from the row.
def exceptions($text):
	[$text | split("\n")[] | ltrimstr("\t") | select(. != "") |
	 split(" ") | { key: (.[0] + " " + .[1]), value: (
		[["word", "key", "first", "second", "before"], .[2:]] |
		transpose | map(select(.[1] != "=") |
			{ key: .[0], value: .[1] }) | from_entries) }] |
	from_entries;

# Our word and ip's word for a value.
def pair($text): $text | split("/") | { ours: .[0], ip: (.[1] // .[0]) };

def usual($first):
	if .settable | not then pair("-")
	elif .unit == "switch" then
		(if $first then "on" else "off" end) as $ours |
		{ ours: $ours, ip: (if .scope != "bridge" then $ours
			elif $first then "1" else "0" end) }
	elif .unit == "seconds" then
		(.min * 100 + (if $first then 124 else 252 end) | round) |
		{ ours: ticks_text, ip: tostring }
	elif .unit == "number" then
		pair((if .max - .min > 3 then
			.min + (if $first then 7 else 9 end)
		elif $first then .max else .min end) | tostring)
	elif .unit == "mask" then
		pair(if $first then "0x8" else "0x4000" end)
	elif .unit == "words" then
		pair(.words | split(" ")[if $first then 1 else 2 end])
	else
		pair("-")
	end;

# The plan: what is tried for each row that "options" lists.
def plan($text):
	exceptions($text) as $all | .[] |
	($all[.scope + " " + .name] // {}) as $its |
	. + { word: ($its.word // .alias // .name),
	      key: ($its.key // .alias // .name),
	      before: ($its.before // "-"),
	      first: (if $its.first then pair($its.first)
		      else usual(true) end),
	      second: (if $its.second then pair($its.second)
		       else usual(false) end) };

def steps:
	select(.settable and .readable) |
	[.name, .before, .word, .first.ours, .second.ours, .second.ip] | @tsv;

# Converts a value to the form in our JSON.
def wanted($unit):
	if $unit == "switch" then . == "on"
	elif $unit == "seconds" or $unit == "number" then tonumber
	elif $unit == "mask" then hex
	else . end;

# Converts a value of ip to the form in our JSON.
def ours_of_ip($row):
	if . == null then null
	elif $row.unit == "switch" and type == "number" then . != 0
	elif $row.unit == "seconds" and $row.settable then . / 100
	elif $row.unit == "bridge id" then plain_id
	elif $row.unit == "map" then
		map("\(.from):\(.to)") | join(",")
	elif type == "string" and
	     ($row.unit == "mask" or $row.unit == "number") then hex
	else . end;

def our_values: (if type == "array" then .[0] else . end) | .options;

# ip's values of the device. VLAN flags are a list, and the state of the
# querier is nested.
def ip_values($scope):
	(.[0].linkinfo | if $scope == "port" then .info_slave_data
	 else .info_data end) |
	if $scope == "vlan" then
		(.flags // []) as $flags |
		reduce ("REORDER_HDR", "GVRP", "LOOSE_BINDING", "MVRP",
			"BRIDGE_BINDING") as $name
			(del(.flags); .[$name | ascii_downcase] =
				($flags | index($name) != null))
	else
		reduce (.[] | objects) as $nested (.; . + $nested)
	end;

# Checks that both programs show the value that was set. ip may lack the key.
def is_equal($row):
	(.want | wanted($row.unit)) as $want |
	(.theirs | ip_values($row.scope)[$row.key] | ours_of_ip($row)) as $ip |
	.rc == 0 and (.ours | our_values)[$row.name] == $want and
	($ip == null or $ip == $want);

# Compares ip's reading with our readings before and after it, because timers
# run.
def reads_equal($row):
	(.before | our_values)[$row.name] as $before |
	(.after | our_values)[$row.name] as $after |
	(.theirs | ip_values($row.scope)[$row.key] | ours_of_ip($row)) as $ip |
	if $row.unit == "seconds" and ($row.settable | not) then
		$ip == null or ($before >= $ip and $ip >= $after)
	else
		$before == $after and ($ip == null or $ip == $before)
	end;

def unequal($rows): . as $read | $rows[] | select(.readable) | . as $row |
	select($read | reads_equal($row) | not) | .name;

# Keys that ip shows, but for which there is no row.
def unknown_keys($rows):
	.theirs | ip_values($rows[0].scope) | keys - [$rows[].key] -
	["group_fwd_mask_str"] |
	map(select(test("^mcast_querier_state") | not))[];

# Keys that we show and ip does not.
def unseen_keys($rows):
	(.after | our_values) as $ours |
	(.theirs | ip_values($rows[0].scope)) as $ip |
	$rows[] | select($ours[.name] != null and $ip[.key] == null) | .key;

# Keys of our rows that ip shows and we do not.
def unread_keys($rows):
	(.after | our_values) as $ours |
	(.theirs | ip_values($rows[0].scope)) as $ip |
	$rows[] | select($ours[.name] == null and $ip[.key] != null) | .key;

def verdict($log; $read):
	. as $row |
	[$log[] | select(.name == $row.name)] as $mine |
	[$mine[] | select(.by)] as $tries |
	($read.after | our_values | has($row.name)) as $is_read |
	($read.theirs | ip_values($row.scope)[$row.key]) as $shown |
	([$mine[].why // empty] | unique +
	 (if $is_read and $shown == null then ["ip does not show it"]
	  else [] end) | join("; ")) as $why |
	{ scope, name, $why,
	  tried: ($tries | length + (if $is_read then 1 else 0 end)),
	  equal: ([$tries[] | select(is_equal($row))] | length +
		  (if $is_read and ($read | reads_equal($row)) then 1
		   else 0 end)) };
