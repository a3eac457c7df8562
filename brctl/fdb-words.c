/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Words of FDB entries, which commands take and listings print. */

#include "config.h"

#include "fdb-words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"

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

bool fdb_take_state(const char *word, enum vbr_fdb_state *ret_state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (strcmp(states[i].word, word) == 0) {
			*ret_state = states[i].state;
			return true;
		}
	}
	return false;
}

/* --- flags ---------------------------------------------------------------- */

static const struct {
	unsigned int flag;
	char name[16];
} flags[] = {
	{ VBR_FDB_STICKY, "sticky" },
	{ VBR_FDB_EXTERN, "extern" },
	{ VBR_FDB_OFFLOADED, "offloaded" },
	{ VBR_FDB_LOCKED, "locked" },
	{ VBR_FDB_ROUTER, "router" },
	{ VBR_FDB_SELF, "self" },
	{ VBR_FDB_NOTIFY, "activity_notify" },
	{ VBR_FDB_INACTIVE, "inactive" },
	/* No entry has these. */
	{ VBR_FDB_USER, "user" },
	{ VBR_FDB_USE, "use" },
	{ VBR_FDB_NOREFRESH, "norefresh" },
	/* So iproute2 calls it. */
	{ VBR_FDB_EXTERN, "extern_learn" },
};

#define FLAGS (sizeof(flags) / sizeof(flags[0]))

static unsigned int find_flag(const char *word, size_t len)
{
	for (size_t i = 0; i < FLAGS; i++)
		if (strlen(flags[i].name) == len &&
		    strncmp(flags[i].name, word, len) == 0)
			return flags[i].flag;
	return 0;
}

unsigned int fdb_flag(const char *word)
{
	return find_flag(word, strlen(word));
}

const char *fdb_flag_at(size_t i, unsigned int *ret_flag)
{
	if (i >= FLAGS || flags[i].flag == VBR_FDB_USER)
		return NULL;
	*ret_flag = flags[i].flag;
	return flags[i].name;
}

unsigned int fdb_parse_flag(const char *word, bool *ret_on)
{
	size_t len = strcspn(word, "=");
	unsigned int flag = find_flag(word, len);

	*ret_on = true;
	if (word[len])
		return vbr_parse_switch(word + len + 1, ret_on) == 0 ? flag : 0;
	if (flag || strncmp(word, "no", 2) != 0)
		return flag;
	*ret_on = false;
	return find_flag(word + 2, len - 2);
}

int fdb_refuse_word(const struct cli *cli, const char *word)
{
	return cli_bad_word(cli, _("\"%s\" contradicts a word before it"),
			    word);
}
