/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What iproute2 shows of the bridges, without what the kernel changes by itself:
 * indexes, timers, and what depends on the order of ports or on carriers. */

#include "oracle/external-state.h"

#include "unit/unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which lines count; NULL: it prints JSON. The entries that random-config.c adds
 * have such addresses; of those that the kernel adds, some depend on the order in
 * which ports get their VLANs. */
static const struct {
	const char *text, *word;
} commands[] = {
	{ "exec ip -d -j link", NULL },
	{ "exec bridge -d -j vlan", NULL },
	{ "exec bridge -j vlan tunnelshow", NULL },
	{ "exec bridge -j vlan global show", NULL },
	{ "exec bridge fdb show", "02:aa:" },
	{ "exec bridge -d mdb show", "permanent" },
};

static char *read_all(const char *command)
{
	size_t size = 1 << 16, len = 0, got;
	char *text = malloc(size);
	FILE *pipe = popen(command, "re");

	assert_non_null(text);
	assert_non_null(pipe);
	while ((got = fread(text + len, 1, size - len - 1, pipe)) > 0) {
		len += got;
		if (len + 1 < size)
			continue;
		size *= 2;
		text = realloc(text, size);
		assert_non_null(text);
	}
	pclose(pipe);
	text[len] = '\0';
	return text;
}

/* --- JSON ----------------------------------------------------------------- */

/* No value of iproute2 has a quote within. */
static char *end_of_text(char *at)
{
	return strchr(at + 1, '"') + 1;
}

static char *end_of_value(char *at)
{
	int depth = 0;

	for (; *at; at++) {
		if (*at == '"')
			at = end_of_text(at) - 1;
		else if (*at == '{' || *at == '[')
			depth++;
		else if ((*at == '}' || *at == ']') && depth-- == 0)
			return at;
		else if (*at == ',' && depth == 0)
			return at;
	}
	return at;
}

/* Takes a member out of all objects. */
static void cut_member(char *json, const char *name)
{
	char key[64], *at = json;

	snprintf(key, sizeof(key), "\"%s\":", name);
	while ((at = strstr(at, key))) {
		char *end = end_of_value(at + strlen(key));

		end += *end == ',';
		memmove(at, end, strlen(end) + 1);
	}
}

static void cut_word(char *json, const char *word)
{
	size_t len = strlen(word);
	char *at = json;

	while ((at = strstr(at, word)))
		memmove(at, at + len, strlen(at + len) + 1);
}

static void simplify(char *json)
{
	static const char *const members[] = {
		"ifindex",
		"bridge_id",
		"root_id",
		"root_port",
		"root_path_cost",
		"topology_change",
		"topology_change_detected",
		"hello_timer",
		"tcn_timer",
		"topology_change_timer",
		"gc_timer",
		"designated_bridge",
		"designated_root",
		"designated_port",
		"designated_cost",
		"port_no",
		"port_id",
		"id",
		"no",
		"message_age_timer",
		"forward_delay_timer",
		"hold_timer",
		"config_pending",
		"operstate",
		"qdisc",
		"topology_change_ack",
		"ifalias",
		"tso_max_size",
		"tso_max_segs",
	};
	static const char *const words[] = {
		"\"NO-CARRIER\",",
		",\"LOWER_UP\"",
		",\"M-DOWN\"",
	};

	for (size_t i = 0; i < COUNT(members); i++)
		cut_member(json, members[i]);
	for (size_t i = 0; i < COUNT(words); i++)
		cut_word(json, words[i]);
}

/* Makes each object of the array a line. */
static void split(char *json)
{
	char *out = json, *at = json + (*json == '[');

	while (*at && *at != ']') {
		char *end = end_of_value(at);

		memmove(out, at, (size_t)(end - at));
		out += end - at;
		*out++ = '\n';
		at = end + (*end == ',');
	}
	*out = '\0';
}

/* Ranges of VLANs become single ones: how many ranges there are depends on how the
 * VLANs were added. */
static char *expand(char *json)
{
	static const char begin[] = "{\"vlan\":", until[] = ",\"vlanEnd\":";
	char *at = json, *found, *wide = NULL;
	size_t size;
	FILE *out = open_memstream(&wide, &size);

	assert_non_null(out);
	while ((found = strstr(at, begin))) {
		char *rest, *end = end_of_value(found);
		unsigned long vid = strtoul(found + strlen(begin), &rest, 10);
		unsigned long last = vid;

		if (strncmp(rest, until, strlen(until)) == 0)
			last = strtoul(rest + strlen(until), &rest, 10);
		fprintf(out, "%.*s", (int)(found - at), at);
		for (; vid <= last; vid++)
			fprintf(out, "%s%lu%.*s%s", begin, vid,
				(int)(end - rest), rest, vid < last ? "," : "");
		at = end;
	}
	fprintf(out, "%s", at);
	assert_int_equal(fclose(out), 0);
	free(json);
	return wide;
}

/* --- lines ---------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void write_sorted(FILE *out, char *text, const char *word)
{
	char *lines[4096], *line;
	size_t count = 0;

	while ((line = strsep(&text, "\n")))
		if (*line && strstr(line, word) && count < COUNT(lines))
			lines[count++] = line;
	assert_true(count < COUNT(lines));
	qsort(lines, count, sizeof(*lines), compare);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s\n", lines[i]);
}

char *external_state(void)
{
	char *state = NULL;
	size_t size;
	FILE *out = open_memstream(&state, &size);

	assert_non_null(out);
	for (size_t i = 0; i < COUNT(commands); i++) {
		char *text = read_all(commands[i].text);

		if (i == 0)
			cut_member(text, "state");
		if (!commands[i].word) {
			simplify(text);
			text = expand(text);
			split(text);
		}
		fprintf(out, "%s\n", commands[i].text);
		write_sorted(out, text,
			     commands[i].word ? commands[i].word : "");
		free(text);
	}
	assert_int_equal(fclose(out), 0);
	return state;
}
