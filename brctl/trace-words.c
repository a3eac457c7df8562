/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The words of trace that describe a frame. */

#include "config.h"

#include "trace-words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"

struct frame_words {
	const char *bridge;
	struct vbr_frame frame;
};

/* A MAC address, or a station of the bridge: the library explains what it does
 * not find. */
static int take_address(const struct cli *cli, const struct frame_words *frame,
			const char *word, uint8_t ret_mac[6])
{
	if (vbr_parse_mac(word, ret_mac) == 0)
		return EXIT_SUCCESS;
	/* A test does not look at what there is. */
	if (cli_is_test(cli)) {
		ret_mac[0] = 2;
		return EXIT_SUCCESS;
	}
	if (vbr_station_mac(cli->ctx, frame->bridge, word, ret_mac) < 0)
		return cli_fail(cli);
	return EXIT_SUCCESS;
}

static int take_src(const struct cli *cli, const char *word,
		    struct frame_words *frame)
{
	return take_address(cli, frame, word, frame->frame.src);
}

static int take_dst(const struct cli *cli, const char *word,
		    struct frame_words *frame)
{
	return take_address(cli, frame, word, frame->frame.dst);
}

/* "10", or with a priority "10:5"; 0 is a priority tag. */
static int take_vlan(const struct cli *cli, const char *word,
		     struct frame_words *frame)
{
	size_t len = strcspn(word, ":");
	uint64_t vid, priority = 0;
	char text[8];

	if (snprintf(text, sizeof(text), "%.*s", (int)len, word) >=
		    (int)sizeof(text) ||
	    vbr_parse_number(text, 4094, &vid) < 0 ||
	    (word[len] && vbr_parse_number(word + len + 1, 7, &priority) < 0))
		return cli_bad_word(cli,
				    _("\"%s\" is not a VLAN id from 0 to 4094, "
				      "alone or with a priority as in 10:5"),
				    word);
	frame->frame.vlan = (int)vid;
	frame->frame.priority = (unsigned int)priority;
	return EXIT_SUCCESS;
}

static const struct {
	char word[4];
	unsigned int type;
} types[] = { { "arp", 0x0806 }, { "ip", 0x0800 }, { "ip6", 0x86dd } };

#define TYPES (sizeof(types) / sizeof(types[0]))

static int take_type(const struct cli *cli, const char *word,
		     struct frame_words *frame)
{
	uint64_t type;

	for (size_t i = 0; i < TYPES; i++) {
		if (strcmp(types[i].word, word) == 0) {
			frame->frame.ethertype = types[i].type;
			return EXIT_SUCCESS;
		}
	}
	if (vbr_parse_number(word, 0xffff, &type) < 0 || type == 0)
		return cli_bad_word(cli,
				    _("\"%s\" is not one of arp, ip, ip6 and a "
				      "number such as 0x88cc"),
				    word);
	frame->frame.ethertype = (unsigned int)type;
	return EXIT_SUCCESS;
}

static int take_group(const struct cli *cli, const char *word,
		      struct frame_words *frame)
{
	(void)cli;
	frame->frame.group = word;
	return EXIT_SUCCESS;
}

static int take_source(const struct cli *cli, const char *word,
		       struct frame_words *frame)
{
	(void)cli;
	frame->frame.source = word;
	return EXIT_SUCCESS;
}

static int take_inner(const struct cli *cli, const char *word,
		      struct frame_words *frame)
{
	uint64_t vid;

	if (vbr_parse_number(word, 4094, &vid) < 0 || vid == 0)
		return cli_bad_word(cli,
				    _("\"%s\" is not a VLAN id from 1 to 4094"),
				    word);
	frame->frame.inner_vlan = (unsigned int)vid;
	return EXIT_SUCCESS;
}

static int take_len(const struct cli *cli, const char *word,
		    struct frame_words *frame)
{
	uint64_t len;

	if (vbr_parse_number(word, 65535, &len) < 0 || len < 14)
		return cli_bad_word(
			cli,
			_("\"%s\" is not a length of a frame, 14 to "
			  "65535 bytes"),
			word);
	frame->frame.len = len;
	return EXIT_SUCCESS;
}

static int take_in(const struct cli *cli, const char *word,
		   struct frame_words *frame)
{
	(void)cli;
	frame->frame.port = strcmp(word, "host") == 0 ? NULL : word;
	return EXIT_SUCCESS;
}

static const struct {
	char word[8];
	int (*take)(const struct cli *cli, const char *word,
		    struct frame_words *frame);
} keywords[] = {
	{ "in", take_in },	 { "src", take_src },
	{ "dst", take_dst },	 { "vlan", take_vlan },
	{ "inner", take_inner }, { "type", take_type },
	{ "group", take_group }, { "source", take_source },
	{ "len", take_len },
};

#define KEYWORDS (sizeof(keywords) / sizeof(keywords[0]))

static int take_word(struct args *words, const char *word, unsigned int *given,
		     struct frame_words *frame)
{
	const char *value;
	size_t i = 0;

	while (i < KEYWORDS && strcmp(keywords[i].word, word) != 0)
		i++;
	if (i == KEYWORDS)
		return cli_bad_word(
			words->cli,
			_("\"%s\" is not one of in, src, dst, vlan, "
			  "inner, type, group, source and len"),
			word);
	if (*given & 1u << i)
		return cli_bad_word(words->cli, _("\"%s\" is given twice"),
				    word);
	*given |= 1u << i;
	value = args_next(words);
	if (!value)
		return cli_bad_word(words->cli, _("\"%s\" needs a value"),
				    word);
	return keywords[i].take(words->cli, value, frame);
}

int take_frame(const struct cli *cli, const struct call *call,
	       struct vbr_frame *ret_frame)
{
	struct frame_words frame = { call->argv[0], { .vlan = -1 } };
	struct args words = args_after(cli, call, 1);
	unsigned int given = 0;
	const char *word;

	while ((word = args_next(&words)))
		if (take_word(&words, word, &given, &frame))
			return EXIT_FAILURE;
	if (!(given & 1))
		return cli_bad_word(cli, _("the word \"%s\" is missing"), "in");
	*ret_frame = frame.frame;
	return EXIT_SUCCESS;
}
