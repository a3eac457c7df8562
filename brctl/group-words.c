/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Takes the words of the commands about multicast groups. */

#include "config.h"

#include "group-words.h"

#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "remote-words.h"

/* A word; "commands" has a bit for each command that takes it. */
struct keyword {
	char name[12];
	unsigned int commands;
	int (*take)(struct args *args, struct group_words *words,
		    const char *word);
};

#define ON(command) (1u << (command))
#define EACH (ON(GROUP_ADD) | ON(GROUP_DEL) | ON(GROUP_GET) | ON(GROUP_FLUSH))
#define REMOTE (ON(GROUP_ADD) | ON(GROUP_DEL) | ON(GROUP_FLUSH))

static int is_twice(const struct args *args, const char *word)
{
	return cli_bad_word(args->cli, _("\"%s\" is given twice"), word);
}

static int contradicts(const struct args *args, const char *word)
{
	return cli_bad_word(args->cli, _("\"%s\" contradicts another word"),
			    word);
}

/* --- the group ------------------------------------------------------------ */

static int take_vlan(struct args *args, struct group_words *words,
		     const char *word)
{
	(void)word;
	return args_next_vlan(args, &words->membership->with.vlan);
}

static int take_source(struct args *args, struct group_words *words,
		       const char *word)
{
	struct vbr_new_group *with = &words->membership->with;

	if (with->source)
		return is_twice(args, word);
	with->source = args_value(args, word);
	return with->source ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int take_state(struct args *args, struct group_words *words,
		      const char *word)
{
	bool is_permanent = strcmp(word, "permanent") == 0;

	/* The two flags say whether a word was there, and which. */
	if (words->flags_mask && !words->flags == is_permanent)
		return contradicts(args, word);
	words->flags_mask = VBR_MDB_PERMANENT;
	words->flags = is_permanent ? VBR_MDB_PERMANENT : 0;
	words->membership->with.temporary = !is_permanent;
	return EXIT_SUCCESS;
}

static int take_replace(struct args *args, struct group_words *words,
			const char *word)
{
	(void)args;
	(void)word;
	words->membership->with.replace = true;
	return EXIT_SUCCESS;
}

static int take_filter(struct args *args, struct group_words *words,
		       const char *word)
{
	struct vbr_new_group *with = &words->membership->with;
	const char *mode;

	if (with->mode)
		return is_twice(args, word);
	mode = args_value(args, word);
	if (!mode)
		return EXIT_FAILURE;
	if (strcmp(mode, "include") == 0)
		with->mode = VBR_MDB_MODE_INCLUDE;
	else if (strcmp(mode, "exclude") == 0)
		with->mode = VBR_MDB_MODE_EXCLUDE;
	else
		return cli_bad_word(
			args->cli,
			_("\"%s\" is not a filter mode: it is include "
			  "or exclude"),
			mode);
	return EXIT_SUCCESS;
}

static int take_sources(struct args *args, struct group_words *words,
			const char *word)
{
	struct membership *membership = words->membership;
	const char *value;

	if (membership->sources.words)
		return is_twice(args, word);
	value = args_value(args, word);
	if (!value || list_split(args->cli, value, &membership->sources))
		return EXIT_FAILURE;
	membership->with.sources = (const char *const *)
					   membership->sources.words;
	membership->with.source_count = membership->sources.count;
	return EXIT_SUCCESS;
}

static int take_protocol(struct args *args, struct group_words *words,
			 const char *word)
{
	struct vbr_new_group *with = &words->membership->with;
	const char *name;

	if (with->protocol)
		return is_twice(args, word);
	name = args_value(args, word);
	if (!name)
		return EXIT_FAILURE;
	if (vbr_mdb_parse_protocol(name, &with->protocol) == 0 &&
	    with->protocol > 0)
		return EXIT_SUCCESS;
	return cli_bad_word(args->cli,
			    _("\"%s\" is not a protocol: it is a name such as "
			      "bird, or a number from 1 to 255"),
			    name);
}

static int take_port(struct args *args, struct group_words *words,
		     const char *word)
{
	if (words->port)
		return is_twice(args, word);
	if (args->count == 0)
		return cli_bad_word(args->cli,
				    _("\"%s\" must be followed by a name"),
				    word);
	words->port = args->list;
	args_next(args);
	return EXIT_SUCCESS;
}

/* --- VXLAN ---------------------------------------------------------------- */

static int take_remote(struct args *args, struct group_words *words,
		       const char *word)
{
	struct membership *membership = words->membership;

	membership->with.remote = &membership->remote;
	return remote_words_take(args, word, &membership->remote);
}

/* In flushgroups, "port" is a port of the bridge. */
static int take_udp_port(struct args *args, struct group_words *words,
			 const char *word)
{
	(void)word;
	return take_remote(args, words, "port");
}

/* --- all ------------------------------------------------------------------ */

static const struct keyword keywords[] = {
	{ "vlan", EACH, take_vlan },
	{ "source", EACH, take_source },
	{ "temporary", ON(GROUP_ADD), take_state },
	{ "permanent", ON(GROUP_ADD) | ON(GROUP_FLUSH), take_state },
	{ "nopermanent", ON(GROUP_FLUSH), take_state },
	{ "replace", ON(GROUP_ADD), take_replace },
	{ "filter", ON(GROUP_ADD), take_filter },
	{ "sources", ON(GROUP_ADD), take_sources },
	{ "proto", ON(GROUP_ADD) | ON(GROUP_FLUSH), take_protocol },
	{ "dst", REMOTE, take_remote },
	{ "vni", REMOTE, take_remote },
	{ "src_vni", EACH, take_remote },
	{ "via", ON(GROUP_ADD) | ON(GROUP_DEL), take_remote },
	{ "dst_port", REMOTE, take_udp_port },
	{ "port", ON(GROUP_ADD) | ON(GROUP_DEL), take_remote },
	{ "port", ON(GROUP_FLUSH), take_port },
};

#define KEYWORDS (sizeof(keywords) / sizeof(keywords[0]))

static int refuse_word(const struct group_words *words, const char *word)
{
	static const char *const sentences[] = {
		[GROUP_ADD] = N_(
			"\"%s\" is not one of vlan, source, temporary, "
			"replace, filter, sources, proto, dst, port, "
			"vni, src_vni and via"),
		[GROUP_DEL] = N_(
			"\"%s\" is not one of vlan, source, dst, port, "
			"vni, src_vni and via"),
		[GROUP_GET] = N_(
			"\"%s\" is not one of vlan, source and src_vni"),
		[GROUP_FLUSH] = N_("\"%s\" is not one of port, vlan, source, "
				   "proto, [no]permanent, dst, dst_port, vni "
				   "and src_vni"),
	};

	return cli_bad_word(words->cli, _(sentences[words->command]), word);
}

static int take_word(struct args *args, struct group_words *words,
		     const char *word)
{
	for (size_t i = 0; i < KEYWORDS; i++)
		if (strcmp(keywords[i].name, word) == 0 &&
		    keywords[i].commands & ON(words->command))
			return keywords[i].take(args, words, word);
	return refuse_word(words, word);
}

int group_words_take(struct args *args, struct group_words *words)
{
	const char *word;

	while ((word = args_next_part(args)))
		if (take_word(args, words, word)) {
			membership_drop(words->membership);
			return EXIT_FAILURE;
		}
	return EXIT_SUCCESS;
}

void membership_drop(struct membership *membership)
{
	list_drop(&membership->sources);
}
