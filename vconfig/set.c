/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* set_flag, set_egress_map, set_ingress_map and set_name_type. */

#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "cli/list.h"
#include "cli/out.h"
#include "vbridge.h"
#include "vconfig.h"

/* The lines of a command that sets something on a device. */
struct lines {
	char done[32];
	char failed[32];
	enum status status;
};

/* A dry run has set nothing, and has not yet looked for the device. */
static int report(const struct cli *cli, const struct lines *lines,
		  const char *device, int rc)
{
	FILE *stream;

	if (rc == 0 && cli->dry_run)
		rc = find_device(cli, device);
	if (rc < 0) {
		stream = out_stderr();
		fprintf(stream,
			"ERROR: trying to %s on device -:", lines->failed);
		out_name(stream, device);
		fprintf(stream, ":- error: %s\n", cli_strerror(-rc));
		vconfig_explain(cli, lines->status, -rc, device);
		return lines->status;
	}
	if (cli->dry_run)
		return EXIT_SUCCESS;
	printf("%s on device -:", lines->done);
	out_name(stdout, device);
	fputs(":- Should be visible in /proc/net/vlan/", stdout);
	out_name(stdout, device);
	putchar('\n');
	return EXIT_SUCCESS;
}

/* Reads argument i. A missing number is 0, as in vconfig. */
static int take_number(const struct cli *cli, const struct call *call, int i,
		       int64_t max, int64_t *ret_value)
{
	*ret_value = 0;
	if (i >= call->argc) {
		cli_message(cli, "%s", _("a number is missing: 0 is used"));
		return EXIT_SUCCESS;
	}
	if (!parse_decimal(call->argv[i], ret_value))
		return cli_bad_word(cli, _("\"%s\" is not a number"),
				    call->argv[i]);
	if (*ret_value < 0 || *ret_value > max)
		return cli_bad_word(cli, _("\"%s\" is out of range"),
				    call->argv[i]);
	return EXIT_SUCCESS;
}

static int take_map(const struct cli *cli, const struct call *call,
		    int64_t *ret_priority, int64_t *ret_qos)
{
	if (take_number(cli, call, 1, UINT32_MAX, ret_priority))
		return STATUS_REFUSED;
	return take_number(cli, call, 2, 7, ret_qos);
}

int vconfig_set_egress_map(struct cli *cli, const struct call *call)
{
	static const struct lines lines = { "Set egress mapping",
					    "set egress map", STATUS_EGRESS };
	int64_t priority, qos;
	int rc;

	if (take_map(cli, call, &priority, &qos))
		return STATUS_REFUSED;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = vbr_vlan_map_egress(cli->ctx, call->argv[0], (uint32_t)priority,
				 (unsigned int)qos);
	return report(cli, &lines, call->argv[0], rc);
}

int vconfig_set_ingress_map(struct cli *cli, const struct call *call)
{
	static const struct lines lines = { "Set ingress mapping",
					    "set ingress map", STATUS_INGRESS };
	int64_t priority, qos;
	int rc;

	if (take_map(cli, call, &priority, &qos))
		return STATUS_REFUSED;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = vbr_vlan_map_ingress(cli->ctx, call->argv[0], (unsigned int)qos,
				  (uint32_t)priority);
	return report(cli, &lines, call->argv[0], rc);
}

static const struct {
	enum vbr_vlan_flag flag;
	char name[16];
} flags[] = {
	{ VBR_VLAN_REORDER_HDR, "REORDER_HDR" },
	{ VBR_VLAN_GVRP, "GVRP" },
	{ VBR_VLAN_LOOSE_BINDING, "LOOSE_BINDING" },
	{ VBR_VLAN_MVRP, "MVRP" },
	{ VBR_VLAN_BRIDGE_BINDING, "BRIDGE_BINDING" },
};

#define FLAGS (sizeof(flags) / sizeof(flags[0]))

const char *vconfig_flag_at(size_t i, uint32_t *ret_flag)
{
	if (i >= FLAGS)
		return NULL;
	*ret_flag = flags[i].flag;
	return flags[i].name;
}

static int find_flag(const struct cli *cli, const char *word,
		     uint32_t *ret_flag)
{
	const char *name;

	for (size_t i = 0; (name = vconfig_flag_at(i, ret_flag)); i++)
		if (strcasecmp(name, word) == 0)
			return EXIT_SUCCESS;
	return cli_bad_word(
		cli,
		_("\"%s\" is neither a number nor one of REORDER_HDR, GVRP, LOOSE_BINDING, MVRP and BRIDGE_BINDING"),
		word);
}

/* "GVRP,MVRP", as show prints it. */
static int take_flag_names(const struct cli *cli, const char *word,
			   int64_t *ret_flags)
{
	int status = EXIT_SUCCESS;
	struct list list;

	if (list_split(cli, word, &list))
		return STATUS_REFUSED;
	*ret_flags = 0;
	for (size_t i = 0; status == EXIT_SUCCESS && i < list.count; i++) {
		uint32_t flag = 0;

		status = find_flag(cli, list.words[i], &flag);
		*ret_flags |= flag;
	}
	list_drop(&list);
	return status;
}

/*
 * The value of flags that have names. The value of a number is 0 or 1, as in
 * vconfig.
 */
static int take_switch(const struct cli *cli, const struct call *call,
		       int64_t *ret_on)
{
	bool on;

	if (call->argc > 2 && vbr_parse_switch(call->argv[2], &on) == 0) {
		*ret_on = on;
		return EXIT_SUCCESS;
	}
	if (call->argc > 2 && isalpha((unsigned char)call->argv[2][0]))
		return cli_bad_word(cli, _("\"%s\" is neither on nor off"),
				    call->argv[2]);
	return take_number(cli, call, 2, 1, ret_on);
}

static int take_flags(const struct cli *cli, const struct call *call,
		      int64_t *ret_flags, int64_t *ret_on)
{
	/* Only a word with a letter in front is a name. */
	if (call->argc > 1 && isalpha((unsigned char)call->argv[1][0]))
		return take_flag_names(cli, call->argv[1], ret_flags) ||
		       take_switch(cli, call, ret_on);
	return take_number(cli, call, 1, UINT32_MAX, ret_flags) ||
	       take_number(cli, call, 2, 1, ret_on);
}

int vconfig_set_flag(struct cli *cli, const struct call *call)
{
	static const struct lines lines = { "Set flag", "set flag",
					    STATUS_FLAG };
	int64_t flag, on;
	int rc;

	if (take_flags(cli, call, &flag, &on))
		return STATUS_REFUSED;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = vbr_vlan_set_flags(cli->ctx, call->argv[0], (uint32_t)flag, on);
	return report(cli, &lines, call->argv[0], rc);
}

static const struct {
	char word[24];
	enum vbr_vlan_name_type naming;
} types[] = {
	{ "VLAN_PLUS_VID", VBR_VLAN_PLUS_VID },
	{ "VLAN_PLUS_VID_NO_PAD", VBR_VLAN_PLUS_VID_NO_PAD },
	{ "DEV_PLUS_VID", VBR_VLAN_DEV_PLUS_VID },
	{ "DEV_PLUS_VID_NO_PAD", VBR_VLAN_DEV_PLUS_VID_NO_PAD },
};

#define TYPES (sizeof(types) / sizeof(types[0]))

const char *name_type_at(size_t i)
{
	return i < TYPES ? types[i].word : NULL;
}

int vconfig_set_name_type(struct cli *cli, const struct call *call)
{
	size_t i = 0;
	int rc;

	while (strcasecmp(types[i].word, call->argv[0]) != 0)
		if (++i == TYPES)
			return WRONG_NAME_TYPE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = vbr_vlan_set_name_type(cli->ctx, types[i].naming);
	if (rc < 0) {
		fprintf(out_stderr(),
			"ERROR: trying to set name type for VLAN "
			"subsystem, error: %s\n",
			cli_strerror(-rc));
		vconfig_explain(cli, STATUS_NAME_TYPE, -rc, NULL);
		return STATUS_NAME_TYPE;
	}
	if (cli->dry_run)
		return EXIT_SUCCESS;
	puts("Set name-type for VLAN subsystem. Should be visible in "
	     "/proc/net/vlan/config");
	return EXIT_SUCCESS;
}
