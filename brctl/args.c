/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Takes the words that follow a command's first arguments. */

#include "config.h"

#include "args.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/vids.h"
#include "vbridge.h"

struct args args_after(const struct cli *cli, const struct call *call, int skip)
{
	return (struct args){
		.cli = cli,
		.count = call->argc - skip,
		.list = call->argv + skip,
	};
}

const char *args_next(struct args *args)
{
	if (args->count == 0)
		return NULL;
	args->count--;
	return *args->list++;
}

const char *args_next_part(struct args *args)
{
	const char *word = args->rest ? args->rest : args_next(args), *comma;
	size_t len;

	args->rest = NULL;
	comma = word ? strchr(word, ',') : NULL;
	len = comma ? (size_t)(comma - word) : 0;
	/* No keyword is longer. */
	if (!comma || len >= sizeof(args->part))
		return word;
	memcpy(args->part, word, len);
	args->part[len] = '\0';
	args->rest = comma + 1;
	return args->part;
}

const char *args_value(struct args *args, const char *word)
{
	const char *value = args_next(args);

	if (!value)
		cli_bad_word(args->cli, _("\"%s\" needs a value"), word);
	return value;
}

int args_next_vlan(struct args *args, unsigned int *ret_vlan)
{
	const char *word;

	if (*ret_vlan)
		return cli_bad_word(args->cli, _("\"%s\" is given twice"),
				    "vlan");
	word = args_value(args, "vlan");
	return word ? vids_take_one(args->cli, word, ret_vlan) : EXIT_FAILURE;
}

int take_mac(const struct cli *cli, const char *word, uint8_t ret_mac[6])
{
	if (vbr_parse_mac(word, ret_mac) == 0)
		return EXIT_SUCCESS;
	return cli_bad_word(cli, _("\"%s\" is not a MAC address"), word);
}

bool is_filtering(const struct cli *cli, const char *name, bool unknown)
{
	struct vbr_bridge *bridge;
	uint64_t on = unknown;

	if (vbr_bridge_get(cli->ctx, name, &bridge) < 0)
		return unknown;
	vbr_bridge_value(bridge, "vlan_filtering", &on);
	vbr_bridge_free(bridge);
	return on;
}

void warn_if_inert(const struct cli *cli, const char *name)
{
	if (!is_filtering(cli, name, true))
		/* Translators: a command follows the colon. */
		cli_bad_word(cli,
			     _("VLANs have no effect while vlan_filtering "
			       "is off: brctl set %s vlan_filtering=on"),
			     name);
}

static int find_bridge(const struct cli *cli, const char *name, int *ret_index)
{
	struct vbr_bridge *bridge;
	int rc = vbr_bridge_get(cli->ctx, name, &bridge);

	if (rc < 0)
		return rc;
	*ret_index = vbr_bridge_index(bridge);
	vbr_bridge_free(bridge);
	return 0;
}

int find_port_index(const struct cli *cli, const char *bridge, const char *port,
		    int *ret_index)
{
	struct vbr_port *found;
	int rc = vbr_port_get(cli->ctx, bridge, port, &found);

	if (rc < 0)
		return rc;
	*ret_index = vbr_port_index(found);
	vbr_port_free(found);
	return 0;
}

int find_member_index(const struct cli *cli, const char *bridge,
		      const char *member, int *ret_index)
{
	return strcmp(bridge, member) == 0
		       ? find_bridge(cli, bridge, ret_index)
		       : find_port_index(cli, bridge, member, ret_index);
}

bool is_missing(int error)
{
	return error == -ENOENT || error == -ENODEV || error == -ENXIO ||
	       error == -ENODATA;
}

/* The longest alternative name. */
#define NAME_BYTES_MAX 127

int check_device_names(const struct cli *cli, size_t count, char *const *names)
{
	for (size_t i = 0; cli->if_exists && i < count; i++)
		if (!*names[i] || strlen(names[i]) > NAME_BYTES_MAX)
			return cli_bad_word(
				cli,
				_("\"%s\" is not a name of a device: "
				  "such a name has 1 to 127 bytes"),
				names[i]);
	return EXIT_SUCCESS;
}

bool is_same_address(const char *a, const char *b)
{
	static const int families[] = { AF_INET, AF_INET6 };
	uint8_t left[16] = { 0 }, right[16] = { 0 };

	for (size_t i = 0; i < 2; i++)
		if (inet_pton(families[i], a, left) == 1)
			return inet_pton(families[i], b, right) == 1 &&
			       memcmp(left, right, sizeof(left)) == 0;
	return vbr_parse_mac(a, left) == 0 && vbr_parse_mac(b, right) == 0 &&
	       memcmp(left, right, 6) == 0;
}
