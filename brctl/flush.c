/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* flush: deletes the FDB entries that match. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "commands.h"
#include "fdb-words.h"
#include "remote-words.h"
#include "targets.h"
#include "vbridge.h"

#define FLAGS \
	(VBR_FDB_USER | VBR_FDB_EXTERN | VBR_FDB_STICKY | VBR_FDB_OFFLOADED | \
	 VBR_FDB_ROUTER)

/* "sticky" or "nosticky", but not both. */
static int take_flag(const struct cli *cli, const char *word,
		     struct vbr_fdb_filter *filter)
{
	bool is_on;
	unsigned int flag = fdb_parse_flag(word, &is_on);

	if (!(flag & FLAGS))
		return cli_bad_word(cli,
				    _("\"%s\" is not a word of flush: see "
				      "\"brctl help flush\""),
				    word);
	if (filter->flags_mask & flag && !(filter->flags & flag) == is_on)
		return fdb_refuse_word(cli, word);
	filter->flags_mask |= flag;
	if (is_on)
		filter->flags |= flag;
	return EXIT_SUCCESS;
}

struct flush {
	struct cli *cli;
	struct vbr_fdb_filter filter;
	struct vbr_remote remote;
	char *const *ports; /* the argument; NULL: there is none */
	bool is_trial;	    /* nothing is deleted */
	size_t done;
};

static int take_ports(struct args *words, struct flush *flush)
{
	if (words->count == 0)
		return cli_bad_word(words->cli,
				    _("\"%s\" must be followed by a name"),
				    "port");
	if (flush->ports)
		return cli_bad_word(words->cli, _("\"%s\" is given twice"),
				    "port");
	flush->ports = words->list;
	args_next(words);
	return EXIT_SUCCESS;
}

/* The table of a VXLAN device, or a part of it. */
static int take_self(struct args *words, const char *word, struct flush *flush)
{
	flush->filter.remote = &flush->remote;
	return strcmp(word, "self") == 0
		       ? EXIT_SUCCESS
		       : remote_words_take(words, word, &flush->remote);
}

static int take_filter(struct args *words, struct flush *flush)
{
	struct vbr_fdb_filter *filter = &flush->filter;
	enum vbr_fdb_state state;
	const char *word;

	while ((word = args_next_part(words))) {
		if (strcmp(word, "vlan") == 0) {
			if (args_next_vlan(words, &filter->vlan))
				return EXIT_FAILURE;
		} else if (strcmp(word, "port") == 0) {
			if (take_ports(words, flush))
				return EXIT_FAILURE;
		} else if (strcmp(word, "all") == 0) {
			/* Does not include the host's own addresses: they have
			 * the word "local". */
			filter->states |= 1u << VBR_FDB_LEARNED |
					  1u << VBR_FDB_STATIC;
		} else if (fdb_take_state(word, &state)) {
			filter->states |= 1u << state;
		} else if (strcmp(word, "self") == 0 ||
			   remote_words_has(word)) {
			if (take_self(words, word, flush))
				return EXIT_FAILURE;
		} else if (take_flag(words->cli, word, filter)) {
			return EXIT_FAILURE;
		}
	}
	return EXIT_SUCCESS;
}

static int flush_one(struct flush *flush, const char *bridge, const char *port)
{
	const struct cli *cli = flush->cli;

	flush->filter.port = port;
	if (vbr_fdb_flush(cli->ctx, bridge, &flush->filter) == 0) {
		flush->done++;
		return EXIT_SUCCESS;
	}
	cli_fail(cli);
	if (flush->done > 0 && !flush->is_trial)
		cli_message(cli, "%s",
			    _("the entries of the bridges and ports before it "
			      "are deleted"));
	return EXIT_FAILURE;
}

static int flush_bridge(struct flush *flush, const char *bridge)
{
	struct targets ports;
	int status = EXIT_SUCCESS;

	if (!flush->ports)
		return flush_one(flush, bridge, NULL);
	if (targets_take_members(flush->cli, bridge, flush->ports, &ports))
		return EXIT_FAILURE;
	if (ports.count == 0)
		status = targets_check_members(flush->cli, bridge, &ports);
	for (size_t i = 0; status == EXIT_SUCCESS && i < ports.count; i++)
		status = flush_one(flush, bridge, ports.names[i]);
	targets_drop(&ports);
	return status;
}

static int flush_bridges(struct flush *flush, const struct targets *bridges)
{
	int status = EXIT_SUCCESS;

	flush->done = 0;
	for (size_t i = 0; status == EXIT_SUCCESS && i < bridges->count; i++) {
		cli_progress(flush->cli, i, bridges->count);
		status = flush_bridge(flush, bridges->names[i]);
	}
	if (status == EXIT_SUCCESS)
		cli_progress(flush->cli, bridges->count, bridges->count);
	return status;
}

/* A flush cannot be undone: several are tried in a dry run first. */
static int try_flush(struct flush *flush, const struct targets *bridges)
{
	struct cli *cli = flush->cli;
	bool is_several = bridges->is_several ||
			  (flush->ports && names_several(cli, *flush->ports));
	int status;

	flush->is_trial = cli->dry_run;
	if (cli->dry_run || !is_several)
		return EXIT_SUCCESS;
	flush->is_trial = true;
	vbr_ctx_set_dry_run(cli->ctx, true);
	status = flush_bridges(flush, bridges);
	vbr_ctx_set_dry_run(cli->ctx, false);
	flush->is_trial = false;
	return status;
}

int cmd_flush(struct cli *cli, const struct call *call)
{
	struct args words = args_after(cli, call, 1);
	struct flush flush = { .cli = cli };
	struct targets bridges;
	int status;

	if (take_filter(&words, &flush))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	if (targets_take_bridges(cli, call->argv, &bridges))
		return EXIT_FAILURE;
	status = EXIT_SUCCESS;
	if (bridges.count == 0)
		status = targets_check_bridges(cli, &bridges);
	if (status == EXIT_SUCCESS)
		status = try_flush(&flush, &bridges);
	if (status == EXIT_SUCCESS)
		status = flush_bridges(&flush, &bridges);
	targets_drop(&bridges);
	return status;
}
