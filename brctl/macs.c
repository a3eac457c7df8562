/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addmac, delmac and flush: add and delete FDB entries. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "commands.h"
#include "idempotent.h"
#include "vbridge.h"

static int take_mac(const struct cli *cli, const char *word, uint8_t ret_mac[6])
{
	if (vbr_parse_mac(word, ret_mac) == 0)
		return EXIT_SUCCESS;
	return cli_bad_word(cli, _("\"%s\" is no MAC address"), word);
}

static const struct {
	char word[8];
	enum vbr_fdb_state state;
} states[] = {
	{ "local", VBR_FDB_LOCAL },
	{ "static", VBR_FDB_STATIC },
	{ "dynamic", VBR_FDB_LEARNED },
};

#define STATES (sizeof(states) / sizeof(states[0]))

static bool is_state(const char *word, enum vbr_fdb_state *ret_state)
{
	for (size_t i = 0; i < STATES; i++) {
		if (strcmp(states[i].word, word) == 0) {
			*ret_state = states[i].state;
			return true;
		}
	}
	return false;
}

/* --- addmac, delmac ------------------------------------------------------- */

/* A bridge cannot be a port of another, so this is the bridge itself, by any of
 * its names. */
static bool is_bridge(const struct cli *cli, const struct entry *entry)
{
	struct vbr_bridge *bridge = NULL;
	bool is;

	if (strcmp(entry->bridge, entry->member) == 0)
		return true;
	is = vbr_bridge_get(cli->ctx, entry->member, &bridge) == 0;
	vbr_bridge_free(bridge);
	return is;
}

static int take_entry(const struct cli *cli, const struct call *call,
		      bool has_state, struct entry *entry)
{
	struct args words = args_after(cli, call, 3);
	const char *word;

	entry->bridge = call->argv[0];
	entry->member = call->argv[1];
	/* An entry for the bridge itself is always local. */
	entry->state = has_state && is_bridge(cli, entry) ? VBR_FDB_LOCAL
							  : VBR_FDB_STATIC;
	if (take_mac(cli, call->argv[2], entry->mac))
		return EXIT_FAILURE;
	while ((word = args_next(&words))) {
		if (strcmp(word, "vlan") == 0) {
			if (args_next_vlan(&words, &entry->vlan))
				return EXIT_FAILURE;
		} else if (has_state && strcmp(word, "sticky") == 0) {
			entry->flags |= VBR_FDB_STICKY;
		} else if (!has_state || !is_state(word, &entry->state)) {
			return cli_bad_word(
				cli,
				has_state
					? _("\"%s\" is none of vlan, static, sticky, "
					    "local and dynamic")
					: _("\"%s\" is not the word vlan"),
				word);
		}
	}
	return EXIT_SUCCESS;
}

int cmd_addmac(struct cli *cli, const struct call *call)
{
	struct entry entry = { 0 };
	int rc, status;

	if (take_entry(cli, call, true, &entry))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = entry_add(cli, &entry, entry.vlan);
	if (rc == -EEXIST && cli->may_exist)
		status = entry_complete(cli, &entry);
	else
		status = rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
	if (status != EXIT_SUCCESS && rc == -EEXIST)
		entry_say_where(cli, &entry);
	if (status == EXIT_SUCCESS && entry.vlan)
		warn_if_inert(cli, entry.bridge);
	return status;
}

int cmd_delmac(struct cli *cli, const struct call *call)
{
	struct entry entry = { 0 };
	int rc;

	if (take_entry(cli, call, false, &entry))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = vbr_fdb_del(cli->ctx, entry.bridge, entry.member, entry.mac,
			 entry.vlan);
	if (cli->if_exists && is_missing(rc))
		return cli_unchanged(cli);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

/* --- flush ---------------------------------------------------------------- */

static const struct {
	char word[12];
	enum vbr_fdb_flag flag;
} flags[] = {
	{ "user", VBR_FDB_USER },
	{ "extern", VBR_FDB_EXTERN },
	{ "sticky", VBR_FDB_STICKY },
	{ "offloaded", VBR_FDB_OFFLOADED },
};

#define FLAGS (sizeof(flags) / sizeof(flags[0]))

static size_t find_flag(const char *word)
{
	size_t i = 0;

	while (i < FLAGS && strcmp(flags[i].word, word) != 0)
		i++;
	return i;
}

/* "sticky" or "nosticky", but not both. */
static int take_flag(const struct cli *cli, const char *word,
		     struct vbr_fdb_filter *filter)
{
	bool is_not = strncmp(word, "no", 2) == 0;
	size_t i = find_flag(is_not ? word + 2 : word);

	if (i == FLAGS)
		return cli_bad_word(cli,
				    _("\"%s\" is none of port, vlan, all, "
				      "dynamic, static, local, [no]user, "
				      "[no]extern, [no]sticky and "
				      "[no]offloaded"),
				    word);
	if (filter->flags_mask & flags[i].flag &&
	    !(filter->flags & flags[i].flag) != is_not)
		return cli_bad_word(cli,
				    _("\"%s\" contradicts a word before it"),
				    word);
	filter->flags_mask |= flags[i].flag;
	if (!is_not)
		filter->flags |= flags[i].flag;
	return EXIT_SUCCESS;
}

static int take_filter(struct args *words, struct vbr_fdb_filter *filter)
{
	enum vbr_fdb_state state;
	const char *word;

	while ((word = args_next(words))) {
		if (strcmp(word, "vlan") == 0) {
			if (args_next_vlan(words, &filter->vlan))
				return EXIT_FAILURE;
		} else if (strcmp(word, "port") == 0) {
			filter->port = args_next(words);
			if (!filter->port)
				return cli_bad_word(
					words->cli,
					_("\"%s\" needs the name of one"),
					word);
		} else if (strcmp(word, "all") == 0) {
			/* Does not include the host's own addresses: they have
			 * the word "local". */
			filter->states |= 1u << VBR_FDB_LEARNED |
					  1u << VBR_FDB_STATIC;
		} else if (is_state(word, &state)) {
			filter->states |= 1u << state;
		} else if (take_flag(words->cli, word, filter)) {
			return EXIT_FAILURE;
		}
	}
	return EXIT_SUCCESS;
}

int cmd_flush(struct cli *cli, const struct call *call)
{
	struct args words = args_after(cli, call, 1);
	struct vbr_fdb_filter filter = { 0 };

	if (take_filter(&words, &filter))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	return vbr_fdb_flush(cli->ctx, call->argv[0], &filter) < 0
		       ? cli_fail(cli)
		       : EXIT_SUCCESS;
}
