/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addmac and delmac: add, change and delete FDB entries. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "commands.h"
#include "fdb-words.h"
#include "idempotent.h"
#include "remote-words.h"
#include "vbridge.h"

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

/* The words after the address. */
struct words {
	struct args args;
	struct entry *entry;
	bool has_state, has_remote;
};

static int take_state(struct words *words, const char *word,
		      enum vbr_fdb_state state)
{
	struct vbr_new_fdb_entry *entry = &words->entry->what;

	if (words->has_state && entry->state != state)
		return fdb_refuse_word(words->args.cli, word);
	entry->state = state;
	words->has_state = true;
	return EXIT_SUCCESS;
}

static int take_mode(struct words *words, const char *word)
{
	enum vbr_fdb_mode mode = strcmp(word, "append") == 0 ? VBR_FDB_APPEND
							     : VBR_FDB_REPLACE;
	struct vbr_new_fdb_entry *entry = &words->entry->what;

	if (entry->mode != VBR_FDB_NEW && entry->mode != mode)
		return fdb_refuse_word(words->args.cli, word);
	entry->mode = mode;
	return EXIT_SUCCESS;
}

static int take_remote(struct words *words, const char *word)
{
	words->has_remote = true;
	words->entry->what.flags |= VBR_FDB_SELF;
	return remote_words_take(&words->args, word,
				 &words->entry->what.remote);
}

#define FLAGS \
	(VBR_FDB_STICKY | VBR_FDB_EXTERN | VBR_FDB_ROUTER | VBR_FDB_SELF | \
	 VBR_FDB_NOTIFY | VBR_FDB_INACTIVE | VBR_FDB_USE | VBR_FDB_NOREFRESH)

static int take_add_word(struct words *words, const char *word)
{
	unsigned int flag = fdb_flag(word);
	enum vbr_fdb_state state;

	if (strcmp(word, "vlan") == 0)
		return args_next_vlan(&words->args, &words->entry->what.vlan);
	if (remote_words_has(word))
		return take_remote(words, word);
	if (fdb_take_state(word, &state))
		return take_state(words, word, state);
	if (strcmp(word, "replace") == 0 || strcmp(word, "append") == 0)
		return take_mode(words, word);
	if (!(flag & FLAGS))
		return cli_bad_word(words->args.cli,
				    _("\"%s\" is not a word of addmac: see "
				      "\"brctl help addmac\""),
				    word);
	words->entry->what.flags |= flag;
	return EXIT_SUCCESS;
}

static int take_del_word(struct words *words, const char *word)
{
	if (strcmp(word, "vlan") == 0)
		return args_next_vlan(&words->args, &words->entry->what.vlan);
	if (remote_words_has(word))
		return take_remote(words, word);
	if (strcmp(word, "self") != 0)
		return cli_bad_word(
			words->args.cli,
			_("\"%s\" is not one of vlan, self, dst, port, "
			  "vni, src_vni, via and nhid"),
			word);
	words->entry->what.flags |= VBR_FDB_SELF;
	return EXIT_SUCCESS;
}

/* An entry for the bridge itself is always local, and so is one that a NIC
 * listens to. An entry that is used or learned by a program is not static. */
static void choose_state(const struct words *words)
{
	struct vbr_new_fdb_entry *entry = &words->entry->what;

	if (words->has_state)
		return;
	entry->state = VBR_FDB_STATIC;
	if (entry->flags & VBR_FDB_SELF
		    ? !words->has_remote
		    : is_bridge(words->args.cli, words->entry))
		entry->state = VBR_FDB_LOCAL;
	else if (!(entry->flags & VBR_FDB_SELF) &&
		 entry->flags & (VBR_FDB_USE | VBR_FDB_EXTERN))
		entry->state = VBR_FDB_LEARNED;
}

typedef int word_fn(struct words *words, const char *word);

static int take_entry(const struct cli *cli, const struct call *call,
		      word_fn *take_word, struct entry *entry)
{
	struct words words = { .args = args_after(cli, call, 3),
			       .entry = entry };
	const char *word;

	entry->bridge = call->argv[0];
	entry->member = call->argv[1];
	if (take_mac(cli, call->argv[2], entry->mac))
		return EXIT_FAILURE;
	while ((word = args_next_part(&words.args)))
		if (take_word(&words, word))
			return EXIT_FAILURE;
	choose_state(&words);
	return EXIT_SUCCESS;
}

typedef int entry_fn(struct cli *cli, const struct entry *entry,
		     unsigned int vlan);

static int entry_del(struct cli *cli, const struct entry *entry,
		     unsigned int vlan)
{
	if (entry->what.flags & VBR_FDB_SELF)
		return vbr_fdb_del_self(cli->ctx, entry->bridge, entry->member,
					entry->mac, &entry->what.remote);
	return vbr_fdb_del(cli->ctx, entry->bridge, entry->member, entry->mac,
			   vlan);
}

/* For a test. The second call makes the message. */
static int check_entry(struct cli *cli, const struct entry *entry,
		       entry_fn *change)
{
	struct entry nowhere = *entry;

	nowhere.bridge = nowhere.member = NO_DEVICE;
	if (change(cli, &nowhere, entry->what.vlan) == -ENODEV)
		return EXIT_SUCCESS;
	change(cli, entry, entry->what.vlan);
	return cli_fail(cli);
}

int cmd_addmac(struct cli *cli, const struct call *call)
{
	struct entry entry = { 0 };
	int rc, status;

	if (take_entry(cli, call, take_add_word, &entry))
		return EXIT_FAILURE;
	/* With --may-exist it does not matter whether there is an entry. */
	if (cli->may_exist && entry.what.mode == VBR_FDB_REPLACE)
		entry.what.mode = VBR_FDB_SET;
	if (cli_is_test(cli))
		return check_entry(cli, &entry, entry_add);
	rc = entry_add(cli, &entry, entry.what.vlan);
	if (rc == -EEXIST && cli->may_exist)
		status = entry_complete(cli, &entry);
	else
		status = rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
	if (status != EXIT_SUCCESS && rc == -EEXIST)
		entry_say_where(cli, &entry);
	if (status == EXIT_SUCCESS && entry.what.vlan)
		warn_if_inert(cli, entry.bridge);
	return status;
}

int cmd_delmac(struct cli *cli, const struct call *call)
{
	struct entry entry = { 0 };
	int rc;

	if (check_device_names(cli, 2, call->argv) ||
	    take_entry(cli, call, take_del_word, &entry))
		return EXIT_FAILURE;
	if (entry.what.flags & VBR_FDB_SELF && entry.what.vlan)
		return fdb_refuse_word(cli, "vlan");
	if (cli_is_test(cli))
		return check_entry(cli, &entry, entry_del);
	rc = entry_del(cli, &entry, entry.what.vlan);
	if (cli->if_exists && is_missing(rc))
		return cli_unchanged(cli);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}
