/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* why: prints whether two stations reach each other through a bridge, and what
 * to change if they do not. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "vbridge.h"

/* One of the frames. */
struct sent {
	size_t from;
	bool is_broadcast, arrives;
	const struct vbr_trace_step *stop; /* NULL: there is none */
};

static bool frame_at(const struct vbr_reach *reach, size_t i,
		     struct sent *ret_sent)
{
	ret_sent->stop = vbr_reach_stop(reach, i);
	return vbr_reach_frame_at(reach, i, &ret_sent->from,
				  &ret_sent->is_broadcast, &ret_sent->arrives);
}

static const char *kind_of(const struct sent *sent)
{
	return sent->is_broadcast ? "broadcast" : "unicast";
}

/* --- text ----------------------------------------------------------------- */

static void print_stop(const struct vbr_trace_step *stop)
{
	const char *option = vbr_trace_step_option(stop);

	putchar('\t');
	out_name(stdout, vbr_trace_step_device(stop));
	printf("\t%s\t%s", vbr_trace_step_name(stop), vbr_trace_step_why(stop));
	if (option)
		printf(" (%s)", option);
}

static void print_reach(char *const *words, const struct vbr_reach *reach)
{
	const char *line;
	struct sent sent;

	for (size_t i = 0; frame_at(reach, i, &sent); i++) {
		out_name(stdout, words[sent.from]);
		putchar('\t');
		out_name(stdout, words[!sent.from]);
		printf("\t%s\t%s", kind_of(&sent),
		       sent.arrives ? "arrives" : "stops");
		if (sent.stop)
			print_stop(sent.stop);
		putchar('\n');
	}
	for (size_t i = 0; (line = vbr_reach_note_at(reach, i)); i++)
		printf("note\t%s\n", line);
	puts(vbr_reach_works(reach) ? "they can talk" : "they cannot talk");
	for (size_t i = 0; (line = vbr_reach_change_at(reach, i)); i++) {
		fputs("\t$ ", stdout);
		/* Device names are unchanged in it. */
		out_name(stdout, line);
		putchar('\n');
	}
	if (vbr_reach_ties(reach))
		puts("\tother changes would do as well; these affect others "
		     "the least");
}

/* --- JSON ----------------------------------------------------------------- */

static void put_end(struct json *object, const char *key, const char *word,
		    const struct vbr_reach *reach, size_t end)
{
	struct json *item = json_object_in(object, key);
	char text[VBR_MAC_TEXT_SIZE];
	const uint8_t *mac;
	bool is_known;
	int tag = vbr_reach_tag(reach, end);

	json_put_text(item, "name", word);
	json_put_text_or_null(item, "port", vbr_reach_port(reach, end));
	mac = vbr_reach_mac(reach, end, &is_known);
	vbr_format_mac(mac, text);
	json_put_text_or_null(item, "mac", is_known ? text : NULL);
	if (tag > 0)
		json_put_number(item, "tag", (uint64_t)tag);
	else
		json_put_null(item, "tag");
}

static void put_frame(struct json *item, char *const *words,
		      const struct sent *sent)
{
	const struct vbr_trace_step *stop = sent->stop;

	json_put_text(item, "from", words[sent->from]);
	json_put_text(item, "to", words[!sent->from]);
	json_put_text(item, "kind", kind_of(sent));
	json_put_bool(item, "arrives", sent->arrives);
	json_put_text_or_null(item, "step",
			      stop ? vbr_trace_step_name(stop) : NULL);
	json_put_text_or_null(item, "device",
			      stop ? vbr_trace_step_device(stop) : NULL);
	json_put_text_or_null(item, "why",
			      stop ? vbr_trace_step_why(stop) : NULL);
	json_put_text_or_null(item, "option",
			      stop ? vbr_trace_step_option(stop) : NULL);
}

static void
put_lines(struct json *object, const char *key, const struct vbr_reach *reach,
	  const char *(*line_at)(const struct vbr_reach *reach, size_t i))
{
	struct json *array = json_array_in(object, key);
	const char *line;

	for (size_t i = 0; (line = line_at(reach, i)); i++)
		json_add_text(array, line);
}

static int put_reach(const struct cli *cli, const char *bridge,
		     char *const *words, const struct vbr_reach *reach)
{
	struct json *object = json_begin(), *frames;
	struct sent sent;

	json_put_text(object, "bridge", bridge);
	put_end(object, "a", words[0], reach, 0);
	put_end(object, "b", words[1], reach, 1);
	if (vbr_reach_vlan(reach))
		json_put_number(object, "vlan", vbr_reach_vlan(reach));
	else
		json_put_null(object, "vlan");
	json_put_bool(object, "talk", vbr_reach_works(reach));
	frames = json_array_in(object, "frames");
	for (size_t i = 0; frame_at(reach, i, &sent); i++)
		put_frame(json_object_of(frames), words, &sent);
	put_lines(object, "changes", reach, vbr_reach_change_at);
	json_put_bool(object, "ties", vbr_reach_ties(reach) > 0);
	put_lines(object, "notes", reach, vbr_reach_note_at);
	json_print(object);
	return json_status(cli);
}

/* --- why ------------------------------------------------------------------ */

static int take_vlan(const struct cli *cli, const struct call *call,
		     unsigned int *ret_vlan)
{
	struct args words = args_after(cli, call, 3);
	const char *word = args_next(&words);

	*ret_vlan = 0;
	if (!word)
		return EXIT_SUCCESS;
	if (strcmp(word, "vlan") != 0)
		return cli_bad_word(cli, _("\"%s\" is not \"vlan\""), word);
	return args_next_vlan(&words, ret_vlan);
}

int cmd_why(struct cli *cli, const struct call *call)
{
	char *const *words = call->argv + 1;
	struct vbr_reach *reach;
	unsigned int vlan;
	int status = EXIT_SUCCESS;

	if (take_vlan(cli, call, &vlan) || (cli->json && json_load(cli) < 0))
		return EXIT_NO_LOOK;
	if (vbr_reach_get(cli->ctx, call->argv[0], words[0], words[1], vlan,
			  &reach) < 0) {
		cli_fail(cli);
		return EXIT_NO_LOOK;
	}
	if (cli->json)
		status = put_reach(cli, call->argv[0], words, reach);
	else
		print_reach(words, reach);
	if (status == EXIT_SUCCESS && !vbr_reach_works(reach))
		status = EXIT_FAILURE;
	else if (status != EXIT_SUCCESS)
		status = EXIT_NO_LOOK;
	vbr_reach_free(reach);
	/* Findings that could not be written have not been seen. */
	return cli_flush(cli) < 0 ? EXIT_NO_LOOK : status;
}
