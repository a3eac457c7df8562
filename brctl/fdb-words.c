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

/* --- destinations --------------------------------------------------------- */

static const char *const remote_words[] = {
	"dst", "port", "vni", "src_vni", "via", "nhid",
};

bool fdb_is_remote_word(const char *word)
{
	for (size_t i = 0; i < sizeof(remote_words) / sizeof(remote_words[0]);
	     i++)
		if (strcmp(remote_words[i], word) == 0)
			return true;
	return false;
}

static int take_number(const struct cli *cli, const char *word,
		       const char *value, uint64_t max, uint64_t *ret_number)
{
	static const char *const format = N_(
		"\"%s\" is no number for \"%s\": these go up to %u");

	if (vbr_parse_number(value, max, ret_number) == 0)
		return EXIT_SUCCESS;
	cli_message(cli, _(format), value, word, (unsigned int)max);
	return EXIT_FAILURE;
}

static int take_vni(const struct cli *cli, const char *word, const char *value,
		    bool *has_vni, uint32_t *ret_vni)
{
	uint64_t number = 0;
	int status = take_number(cli, word, value, VBR_VNI_MAX, &number);

	*has_vni = true;
	*ret_vni = (uint32_t)number;
	return status;
}

static int take_ip(const struct cli *cli, const char *value,
		   struct vbr_fdb_remote *remote)
{
	if (!*value || strlen(value) >= sizeof(remote->ip))
		return cli_bad_word(cli, _("\"%s\" is no IP address"), value);
	strcpy(remote->ip, value);
	return EXIT_SUCCESS;
}

/* A test looks at no device. */
static int take_via(const struct cli *cli, const char *value, int *ret_index)
{
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	return vbr_link_resolve(cli->ctx, value, ret_index, NULL) < 0
		       ? cli_fail(cli)
		       : EXIT_SUCCESS;
}

static bool is_given(const char *word, const struct vbr_fdb_remote *remote)
{
	if (strcmp(word, "dst") == 0)
		return remote->ip[0];
	if (strcmp(word, "port") == 0)
		return remote->port;
	if (strcmp(word, "vni") == 0)
		return remote->has_vni;
	if (strcmp(word, "src_vni") == 0)
		return remote->has_src_vni;
	return strcmp(word, "via") == 0 ? remote->via != 0 : remote->nhid != 0;
}

static int take_value(const struct cli *cli, const char *word,
		      const char *value, struct vbr_fdb_remote *remote)
{
	uint64_t number = 0;
	int status;

	if (strcmp(word, "dst") == 0)
		return take_ip(cli, value, remote);
	if (strcmp(word, "vni") == 0)
		return take_vni(cli, word, value, &remote->has_vni,
				&remote->vni);
	if (strcmp(word, "src_vni") == 0)
		return take_vni(cli, word, value, &remote->has_src_vni,
				&remote->src_vni);
	if (strcmp(word, "via") == 0)
		return take_via(cli, value, &remote->via);
	if (strcmp(word, "port") == 0) {
		status = take_number(cli, word, value, UINT16_MAX, &number);
		remote->port = (unsigned int)number;
	} else {
		status = take_number(cli, word, value, UINT32_MAX, &number);
		remote->nhid = (uint32_t)number;
	}
	if (status == EXIT_SUCCESS && number == 0)
		return cli_bad_word(cli, _("\"%s\" cannot be 0"), word);
	return status;
}

int fdb_take_word(struct args *args, const char *word,
		  struct vbr_fdb_remote *remote)
{
	/* The next word replaces it. */
	char name[8];
	const char *value;

	snprintf(name, sizeof(name), "%s", word);
	if (is_given(name, remote))
		return cli_bad_word(args->cli, _("\"%s\" is given twice"),
				    name);
	value = args_next(args);
	if (!value)
		return cli_bad_word(args->cli, _("\"%s\" needs a value"), name);
	return take_value(args->cli, name, value, remote);
}

int fdb_refuse_word(const struct cli *cli, const char *word)
{
	return cli_bad_word(cli, _("\"%s\" contradicts a word before it"),
			    word);
}
