/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Words about destinations of VXLAN devices, for FDB entries and multicast
 * groups. */

#include "config.h"

#include "remote-words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "cli/out.h"

static const char *const remote_words[] = {
	"dst", "port", "vni", "src_vni", "via", "nhid",
};

bool remote_words_has(const char *word)
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
		"\"%s\" is not a valid value of \"%s\": the largest is %u");

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

static int take_dst(const struct cli *cli, const char *value,
		    struct vbr_remote *remote)
{
	if (!*value || strlen(value) >= sizeof(remote->dst))
		return cli_bad_word(cli, _("\"%s\" is not an IP address"),
				    value);
	strcpy(remote->dst, value);
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

static bool is_given(const char *word, const struct vbr_remote *remote)
{
	if (strcmp(word, "dst") == 0)
		return remote->dst[0];
	if (strcmp(word, "port") == 0)
		return remote->port;
	if (strcmp(word, "vni") == 0)
		return remote->has_vni;
	if (strcmp(word, "src_vni") == 0)
		return remote->has_src_vni;
	return strcmp(word, "via") == 0 ? remote->via != 0 : remote->nhid != 0;
}

static int take_value(const struct cli *cli, const char *word,
		      const char *value, struct vbr_remote *remote)
{
	uint64_t number = 0;
	int status;

	if (strcmp(word, "dst") == 0)
		return take_dst(cli, value, remote);
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

int remote_words_take(struct args *args, const char *word,
		      struct vbr_remote *remote)
{
	/* The next word replaces it. */
	char name[8];
	const char *value;

	snprintf(name, sizeof(name), "%s", word);
	if (is_given(name, remote))
		return cli_bad_word(args->cli, _("\"%s\" is given twice"),
				    name);
	value = args_value(args, name);
	return value ? take_value(args->cli, name, value, remote)
		     : EXIT_FAILURE;
}

/* --- output --------------------------------------------------------------- */

static void print_number(const char *word, uint32_t number, char *before)
{
	printf("%c%s %u", *before, word, number);
	*before = ' ';
}

/* "?" if the device is gone. */
static void print_via(const struct cli *cli, int index, char before)
{
	char name[VBR_NAME_SIZE];

	printf("%cvia ", before);
	out_name(stdout,
		 vbr_link_name(cli->ctx, index, name) == 0 ? name : "?");
}

/* In the words of addmac. */
void remote_words_print(const struct cli *cli, const struct vbr_remote *remote,
			char before)
{
	if (remote->dst[0]) {
		printf("%cdst %s", before, remote->dst);
		before = ' ';
	}
	if (remote->nhid)
		print_number("nhid", remote->nhid, &before);
	if (remote->port)
		print_number("port", remote->port, &before);
	if (remote->has_vni)
		print_number("vni", remote->vni, &before);
	if (remote->has_src_vni)
		print_number("src_vni", remote->src_vni, &before);
	if (remote->via)
		print_via(cli, remote->via, before);
}

void remote_words_put(const struct cli *cli, struct json *object,
		      const struct vbr_remote *remote)
{
	char name[VBR_NAME_SIZE];

	if (remote->dst[0])
		json_put_text(object, "dst", remote->dst);
	if (remote->port)
		json_put_number(object, "dst_port", remote->port);
	if (remote->has_vni)
		json_put_number(object, "vni", remote->vni);
	if (remote->has_src_vni)
		json_put_number(object, "src_vni", remote->src_vni);
	if (remote->via && vbr_link_name(cli->ctx, remote->via, name) == 0)
		json_put_text(object, "via", name);
	if (remote->nhid)
		json_put_number(object, "nhid", remote->nhid);
}
