/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the text of a configuration, line by line. */

#include "config.h"

#include "config/parse.h"

#include <errno.h>
#include <string.h>

#include "base/words.h"
#include "config/read-bridge.h"
#include "config/read-device.h"
#include "config/read-entry.h"
#include "config/read-vlan.h"
#include "config/read.h"
#include "core/context.h"

/* --- commands ------------------------------------------------------------- */

/* The commands of a configuration, and the functions that read them. */
struct verb {
	char name[16];
	int (*read)(struct reader *reader);
	const char *option;
};

static const struct verb brctl_verbs[] = {
	{ "addbr", read_addbr, NULL },
	{ "delbr", read_delbr, NULL },
	{ "addif", read_addif, NULL },
	{ "delif", read_delif, NULL },
	{ "link", read_link, NULL },
	{ "set", read_set, NULL },
	{ "setport", read_setport, NULL },
	{ "addvlan", read_addvlan, NULL },
	{ "delvlan", read_delvlan, NULL },
	{ "setvlan", read_setvlan, NULL },
	{ "addmac", read_addmac, NULL },
	{ "delmac", read_delmac, NULL },
	{ "addgroup", read_addgroup, NULL },
	{ "delgroup", read_delgroup, NULL },
	{ "hairpin", read_set_port, "hairpin_mode" },
	{ "setpathcost", read_set_port, "path_cost" },
	{ "setportprio", read_set_port, "priority" },
	{ "setageing", read_set_bridge, "ageing_time" },
	{ "setbridgeprio", read_set_bridge, "priority" },
	{ "setfd", read_set_bridge, "forward_delay" },
	{ "sethello", read_set_bridge, "hello_time" },
	{ "setmaxage", read_set_bridge, "max_age" },
	{ "stp", read_set_bridge, "stp_state" },
	{ "", NULL, NULL },
};

static const struct verb vconfig_verbs[] = {
	{ "add", read_add, NULL },
	{ "rem", read_rem, NULL },
	{ "set_flag", read_set_flag, NULL },
	{ "set_ingress_map", read_set_ingress_map, NULL },
	{ "set_egress_map", read_set_egress_map, NULL },
	{ "", NULL, NULL },
};

static const struct verb *find_verb(const struct verb *verbs, const char *name)
{
	for (; verbs->read; verbs++)
		if (strcmp(verbs->name, name) == 0)
			return verbs;
	return NULL;
}

/* --- lines ---------------------------------------------------------------- */

/*
 * A configuration states the desired result; it does not matter whether that
 * exists already.
 */
static bool is_needless(const char *word)
{
	return strcmp(word, "--may-exist") == 0 ||
	       strcmp(word, "--if-exists") == 0;
}

/* Takes the options out of the words. vconfig takes them before its command
 * only. */
static int take_options(struct reader *reader, const char **words,
			bool is_vconfig)
{
	const char **out = words, *word;
	bool has_ended = false;

	while ((word = *words++)) {
		if (!has_ended && strcmp(word, "--") == 0) {
			has_ended = true;
		} else if (has_ended || *word != '-') {
			*out++ = word;
			has_ended |= is_vconfig;
		} else if (!is_needless(word)) {
			return read_fail(reader,
					 _("option \"%s\" cannot be in a "
					   "configuration"),
					 word);
		}
	}
	*out = NULL;
	return 0;
}

static int read_words(struct reader *reader, const char **words)
{
	const struct verb *verbs = brctl_verbs, *verb;
	int rc;

	if (strcmp(*words, "vconfig") == 0)
		verbs = vconfig_verbs;
	if (verbs == vconfig_verbs || strcmp(*words, "brctl") == 0)
		words++;
	rc = take_options(reader, words, verbs == vconfig_verbs);
	if (rc < 0)
		return rc;
	if (!*words)
		return read_fail(reader, "%s", _("a command is missing"));
	verb = find_verb(verbs, *words);
	if (!verb)
		return read_fail(
			reader, _("\"%s\" is not a command of a configuration"),
			*words);
	reader->option = verb->option;
	reader->items->line = reader->place ? 0 : reader->line;
	reader->words = words + 1;
	return verb->read(reader);
}

static int refuse_words(struct reader *reader, const struct split *split,
			enum split_result why)
{
	const char word[] = { split->bad, '\0' };

	switch (why) {
	case SPLIT_OPEN_QUOTE:
		return read_fail(reader, _("a quote has no end: %s"), word);
	case SPLIT_OPEN_BACKSLASH:
		return read_fail(reader, _("nothing follows the last %s"),
				 word);
	default:
		return read_fail(reader,
				 _("%s means something to a shell, and must be "
				   "quoted"),
				 word);
	}
}

/*
 * Programs that convert another format to lines name the place in the original.
 */
#define PLACE "#@ "

static int take_place(struct reader *reader, const char *text)
{
	size_t size = vbr_format_name(text, NULL, 0) + 1;
	char *place = arena_take(&reader->items->arena, size);

	if (!place)
		return -ENOMEM;
	vbr_format_name(text, place, size);
	reader->place = place;
	return 0;
}

static int read_line(struct reader *reader, const char *line, size_t len)
{
	struct arena *arena = &reader->items->arena;
	char *copy = arena_take(arena, len + 1);
	struct split split = {
		.words = arena_take(arena, (len / 2 + 2) * sizeof(char *)),
	};
	enum split_result result;

	if (!copy || !split.words)
		return -ENOMEM;
	if (memchr(line, '\0', len))
		return read_fail(reader, "%s",
				 _("a line must not have a NUL byte"));
	if (len && line[len - 1] == '\r')
		return read_fail(reader, "%s",
				 _("a line must not end with CR LF"));
	memcpy(copy, line, len);
	copy[len] = '\0';
	if (strncmp(copy, PLACE, strlen(PLACE)) == 0)
		return take_place(reader, copy + strlen(PLACE));
	result = words_split(copy, &split);
	if (result != SPLIT_DONE)
		return refuse_words(reader, &split, result);
	if (split.count == 0)
		return 0;
	return read_words(reader, (const char **)split.words);
}

/* Of UTF-8; some editors write it. */
#define BOM "\xef\xbb\xbf"

int parse_items(struct vbr_ctx *ctx, const struct source *source,
		const char *text, size_t len, struct items *items)
{
	struct reader reader = {
		.ctx = ctx,
		.items = items,
		.name = source->name,
		.has_lists = source->has_lists,
		.is_run = source->is_run,
	};
	const char *end = text + len;
	int rc = 0;

	if (len >= strlen(BOM) && memcmp(text, BOM, strlen(BOM)) == 0) {
		reader.line = 1;
		rc = read_fail(&reader, "%s",
			       _("a file must not begin with a byte order "
				 "mark"));
	}
	while (rc == 0 && text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline ? newline : end;

		reader.line++;
		rc = read_line(&reader, text, (size_t)(stop - text));
		text = stop + 1;
	}
	items->line = 0;
	if (rc == 0)
		rc = items_sort(items);
	if (rc == -ENOMEM) {
		context_begin(ctx, N_("cannot read \"%s\""), source->name);
		context_fail(ctx, rc, NULL);
	}
	return rc;
}
