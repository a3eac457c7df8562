/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* trace: prints the way of a frame through a bridge. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "commands.h"
#include "trace-live.h"
#include "trace-text.h"
#include "vbridge.h"

/* --- words ---------------------------------------------------------------- */

static int take_src(const struct cli *cli, const char *word,
		    struct vbr_frame *frame)
{
	return take_mac(cli, word, frame->src);
}

static int take_dst(const struct cli *cli, const char *word,
		    struct vbr_frame *frame)
{
	return take_mac(cli, word, frame->dst);
}

/* "10", or with a priority "10:5"; 0 is a priority tag. */
static int take_vlan(const struct cli *cli, const char *word,
		     struct vbr_frame *frame)
{
	size_t len = strcspn(word, ":");
	uint64_t vid, priority = 0;
	char text[8];

	if (snprintf(text, sizeof(text), "%.*s", (int)len, word) >=
		    (int)sizeof(text) ||
	    vbr_parse_number(text, 4094, &vid) < 0 ||
	    (word[len] && vbr_parse_number(word + len + 1, 7, &priority) < 0))
		return cli_bad_word(cli,
				    _("\"%s\" is no VLAN id from 0 to 4094, "
				      "nor one with a priority, as in 10:5"),
				    word);
	frame->vlan = (int)vid;
	frame->priority = (unsigned int)priority;
	return EXIT_SUCCESS;
}

static const struct {
	char word[4];
	unsigned int type;
} types[] = { { "arp", 0x0806 }, { "ip", 0x0800 }, { "ip6", 0x86dd } };

#define TYPES (sizeof(types) / sizeof(types[0]))

static int take_type(const struct cli *cli, const char *word,
		     struct vbr_frame *frame)
{
	uint64_t type;

	for (size_t i = 0; i < TYPES; i++) {
		if (strcmp(types[i].word, word) == 0) {
			frame->ethertype = types[i].type;
			return EXIT_SUCCESS;
		}
	}
	if (vbr_parse_number(word, 0xffff, &type) < 0 || type == 0)
		return cli_bad_word(cli,
				    _("\"%s\" is none of arp, ip, ip6 and a "
				      "number such as 0x88cc"),
				    word);
	frame->ethertype = (unsigned int)type;
	return EXIT_SUCCESS;
}

static int take_group(const struct cli *cli, const char *word,
		      struct vbr_frame *frame)
{
	(void)cli;
	frame->group = word;
	return EXIT_SUCCESS;
}

static int take_len(const struct cli *cli, const char *word,
		    struct vbr_frame *frame)
{
	uint64_t len;

	if (vbr_parse_number(word, 65535, &len) < 0 || len < 14)
		return cli_bad_word(cli,
				    _("\"%s\" is no length of a frame, 14 to "
				      "65535 bytes"),
				    word);
	frame->len = len;
	return EXIT_SUCCESS;
}

static int take_in(const struct cli *cli, const char *word,
		   struct vbr_frame *frame)
{
	(void)cli;
	frame->port = strcmp(word, "host") == 0 ? NULL : word;
	return EXIT_SUCCESS;
}

static const struct {
	char word[8];
	int (*take)(const struct cli *cli, const char *word,
		    struct vbr_frame *frame);
} keywords[] = {
	{ "in", take_in },     { "src", take_src },   { "dst", take_dst },
	{ "vlan", take_vlan }, { "type", take_type }, { "group", take_group },
	{ "len", take_len },
};

#define KEYWORDS (sizeof(keywords) / sizeof(keywords[0]))

static int take_word(struct args *words, const char *word, unsigned int *given,
		     struct vbr_frame *frame)
{
	const char *value;
	size_t i = 0;

	while (i < KEYWORDS && strcmp(keywords[i].word, word) != 0)
		i++;
	if (i == KEYWORDS)
		return cli_bad_word(words->cli,
				    _("\"%s\" is none of in, src, dst, vlan, "
				      "type, group and len"),
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

static int take_frame(const struct cli *cli, const struct call *call,
		      struct vbr_frame *frame)
{
	struct args words = args_after(cli, call, 1);
	unsigned int given = 0;
	const char *word;

	*frame = (struct vbr_frame){ .vlan = -1 };
	while ((word = args_next(&words)))
		if (take_word(&words, word, &given, frame))
			return EXIT_FAILURE;
	if (given & 1)
		return EXIT_SUCCESS;
	return cli_bad_word(cli, _("the word \"%s\" is missing"), "in");
}

/* --- output --------------------------------------------------------------- */

static int put_trace(const struct cli *cli, const char *bridge,
		     const struct vbr_frame *frame,
		     const struct vbr_trace *trace)
{
	struct json *object = json_begin();

	json_put_text(object, "bridge", bridge);
	json_put_text(object, "in", frame->port ? frame->port : "host");
	trace_put(object, trace);
	json_print(object);
	return json_status(cli);
}

/* For a test. The second call makes the message. */
static int check_frame(const struct cli *cli, const char *bridge,
		       const struct vbr_frame *frame)
{
	struct vbr_frame nowhere = *frame;
	struct vbr_trace *trace = NULL;

	nowhere.port = NO_DEVICE;
	if (vbr_trace_frame(cli->ctx, NO_DEVICE, &nowhere, &trace) == -ENODEV)
		return EXIT_SUCCESS;
	if (vbr_trace_frame(cli->ctx, bridge, frame, &trace) == 0)
		vbr_trace_free(trace);
	return cli_fail(cli);
}

static int predict(const struct cli *cli, const char *bridge,
		   const struct vbr_frame *frame)
{
	struct vbr_trace *trace;
	int status = EXIT_SUCCESS;

	if (vbr_trace_frame(cli->ctx, bridge, frame, &trace) < 0)
		return cli_fail(cli);
	if (cli->json)
		status = put_trace(cli, bridge, frame, trace);
	else
		trace_print(trace);
	vbr_trace_free(trace);
	return status;
}

int cmd_trace(struct cli *cli, const struct call *call)
{
	const char *bridge = call->argv[0];
	struct vbr_frame frame;
	struct live live;

	if (take_frame(cli, call, &frame) || live_take_options(cli, &live))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return cli->live ? EXIT_SUCCESS
				 : check_frame(cli, bridge, &frame);
	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	return cli->live ? live_trace(cli, bridge, &frame, &live)
			 : predict(cli, bridge, &frame);
}
