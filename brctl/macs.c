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
#include "targets.h"
#include "vbridge.h"

static const struct {
	char word[8];
	enum vbr_fdb_state state;
} states[] = {
	{ "local", VBR_FDB_LOCAL },
	{ "static", VBR_FDB_STATIC },
	{ "dynamic", VBR_FDB_LEARNED },
	/* So showmacs --long calls it. */
	{ "learned", VBR_FDB_LEARNED },
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

static int contradicts(const struct cli *cli, const char *word)
{
	return cli_bad_word(cli, _("\"%s\" contradicts a word before it"),
			    word);
}

static int take_entry(const struct cli *cli, const struct call *call,
		      bool has_state, struct entry *entry)
{
	struct args words = args_after(cli, call, 3);
	enum vbr_fdb_state state;
	bool is_given = false;
	const char *word;

	entry->bridge = call->argv[0];
	entry->member = call->argv[1];
	/* An entry for the bridge itself is always local. */
	entry->state = has_state && is_bridge(cli, entry) ? VBR_FDB_LOCAL
							  : VBR_FDB_STATIC;
	if (take_mac(cli, call->argv[2], entry->mac))
		return EXIT_FAILURE;
	while ((word = args_next_part(&words))) {
		if (strcmp(word, "vlan") == 0) {
			if (args_next_vlan(&words, &entry->vlan))
				return EXIT_FAILURE;
		} else if (has_state && strcmp(word, "sticky") == 0) {
			entry->flags |= VBR_FDB_STICKY;
		} else if (has_state && is_state(word, &state)) {
			if (is_given && entry->state != state)
				return contradicts(cli, word);
			entry->state = state;
			is_given = true;
		} else {
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

typedef int entry_fn(struct cli *cli, const struct entry *entry,
		     unsigned int vlan);

static int entry_del(struct cli *cli, const struct entry *entry,
		     unsigned int vlan)
{
	return vbr_fdb_del(cli->ctx, entry->bridge, entry->member, entry->mac,
			   vlan);
}

/* For a test. The second call makes the message. */
static int check_entry(struct cli *cli, const struct entry *entry,
		       entry_fn *change)
{
	struct entry nowhere = *entry;

	nowhere.bridge = nowhere.member = NO_DEVICE;
	if (change(cli, &nowhere, entry->vlan) == -ENODEV)
		return EXIT_SUCCESS;
	change(cli, entry, entry->vlan);
	return cli_fail(cli);
}

int cmd_addmac(struct cli *cli, const struct call *call)
{
	struct entry entry = { 0 };
	int rc, status;

	if (take_entry(cli, call, true, &entry))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return check_entry(cli, &entry, entry_add);
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

	if (check_device_names(cli, 2, call->argv) ||
	    take_entry(cli, call, false, &entry))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return check_entry(cli, &entry, entry_del);
	rc = entry_del(cli, &entry, entry.vlan);
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

static size_t find_flag(const char *word, size_t len)
{
	size_t i = 0;

	while (i < FLAGS && (strlen(flags[i].word) != len ||
			     strncmp(flags[i].word, word, len) != 0))
		i++;
	return i;
}

/* "sticky", "nosticky", "sticky=off". Returns the flag's number, or FLAGS. */
static size_t parse_flag(const char *word, bool *ret_on)
{
	size_t len = strcspn(word, "="), i = find_flag(word, len);

	*ret_on = true;
	if (word[len])
		return vbr_parse_switch(word + len + 1, ret_on) == 0 ? i
								     : FLAGS;
	if (i < FLAGS || strncmp(word, "no", 2) != 0)
		return i;
	*ret_on = false;
	return find_flag(word + 2, len - 2);
}

/* "sticky" or "nosticky", but not both. */
static int take_flag(const struct cli *cli, const char *word,
		     struct vbr_fdb_filter *filter)
{
	bool is_on;
	size_t i = parse_flag(word, &is_on);

	if (i == FLAGS)
		return cli_bad_word(cli,
				    _("\"%s\" is none of port, vlan, all, "
				      "dynamic, static, local, [no]user, "
				      "[no]extern, [no]sticky and "
				      "[no]offloaded"),
				    word);
	if (filter->flags_mask & flags[i].flag &&
	    !(filter->flags & flags[i].flag) == is_on)
		return contradicts(cli, word);
	filter->flags_mask |= flags[i].flag;
	if (is_on)
		filter->flags |= flags[i].flag;
	return EXIT_SUCCESS;
}

struct flush {
	struct cli *cli;
	struct vbr_fdb_filter filter;
	char *const *ports; /* the argument; NULL: there is none */
	bool is_trial;	    /* nothing is deleted */
	size_t done;
};

static int take_ports(struct args *words, struct flush *flush)
{
	if (words->count == 0)
		return cli_bad_word(words->cli,
				    _("\"%s\" needs the name of one"), "port");
	if (flush->ports)
		return cli_bad_word(words->cli, _("\"%s\" is given twice"),
				    "port");
	flush->ports = words->list;
	args_next(words);
	return EXIT_SUCCESS;
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
		} else if (is_state(word, &state)) {
			filter->states |= 1u << state;
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
