/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addvni, delvni and showvnis: the VNI filters of VXLAN devices. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "vbridge.h"

/* --- addvni, delvni ------------------------------------------------------- */

struct vnis {
	size_t count;
	struct vbr_vni_range *ranges;
};

static int refuse_vnis(const struct cli *cli, const char *word)
{
	return cli_bad_word(
		cli,
		_("\"%s\" is not a list of VNIs, such as 100-105,200: "
		  "they range from 1 to 16777215"),
		word);
}

static bool take_vni(const char **at, uint32_t *ret_vni)
{
	uint64_t number;
	char text[12];
	size_t len = strspn(*at, "0123456789");

	if (len == 0 || len >= sizeof(text))
		return false;
	memcpy(text, *at, len);
	text[len] = '\0';
	*at += len;
	if (vbr_parse_number(text, VBR_VNI_MAX, &number) < 0 || number == 0)
		return false;
	*ret_vni = (uint32_t)number;
	return true;
}

static bool take_range(const char **at, struct vbr_vni_range *range)
{
	if (!take_vni(at, &range->first))
		return false;
	range->last = range->first;
	if (**at != '-')
		return true;
	++*at;
	return take_vni(at, &range->last) && range->first <= range->last;
}

/* Free the ranges. Returns the status. */
static int take_vnis(const struct cli *cli, const char *word,
		     struct vnis *ret_vnis)
{
	/* A range has two bytes at least, with the comma. */
	struct vbr_vni_range *ranges = calloc(strlen(word) / 2 + 1,
					      sizeof(*ranges));
	const char *at = word;
	size_t count = 0;

	if (!ranges) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	while (take_range(&at, &ranges[count])) {
		count++;
		if (*at == '\0') {
			*ret_vnis = (struct vnis){ count, ranges };
			return EXIT_SUCCESS;
		}
		if (*at++ != ',')
			break;
	}
	free(ranges);
	return refuse_vnis(cli, word);
}

/* For a test. */
static int check_vnis(struct cli *cli, const struct vnis *vnis,
		      const char *group)
{
	if (vbr_vni_add(cli->ctx, NO_DEVICE, vnis->ranges, vnis->count,
			group) == -ENODEV)
		return EXIT_SUCCESS;
	return cli_fail(cli);
}

static int take_group(const struct cli *cli, const struct call *call,
		      const char **ret_group)
{
	if (call->argc == 2)
		return EXIT_SUCCESS;
	if (strcmp(call->argv[2], "group") != 0)
		return cli_bad_word(cli, _("\"%s\" is not the word group"),
				    call->argv[2]);
	if (call->argc == 3)
		return cli_bad_word(cli, _("\"%s\" needs a value"), "group");
	*ret_group = call->argv[3];
	return EXIT_SUCCESS;
}

int cmd_addvni(struct cli *cli, const struct call *call)
{
	const char *group = NULL;
	struct vnis vnis;
	int status;

	if (take_group(cli, call, &group) ||
	    take_vnis(cli, call->argv[1], &vnis))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		status = check_vnis(cli, &vnis, group);
	else if (vbr_vni_add(cli->ctx, call->argv[0], vnis.ranges, vnis.count,
			     group) < 0)
		status = cli_fail(cli);
	else
		status = EXIT_SUCCESS;
	free(vnis.ranges);
	return status;
}

int cmd_delvni(struct cli *cli, const struct call *call)
{
	struct vnis vnis;
	int rc = 0;

	if (check_device_names(cli, 1, call->argv) ||
	    take_vnis(cli, call->argv[1], &vnis))
		return EXIT_FAILURE;
	if (!cli_is_test(cli))
		rc = vbr_vni_del(cli->ctx, call->argv[0], vnis.ranges,
				 vnis.count);
	free(vnis.ranges);
	if (cli->if_exists && is_missing(rc))
		return cli_unchanged(cli);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

/* --- showvnis ------------------------------------------------------------- */

static void put_row(struct json *object, const struct vbr_vni *row,
		    const char *device)
{
	char group[VBR_ADDRESS_TEXT_SIZE];

	if (*device)
		json_put_text(object, "device", device);
	json_put_number(object, "index", (uint64_t)vbr_vni_index(row));
	json_put_number(object, "first", vbr_vni_first(row));
	json_put_number(object, "last", vbr_vni_last(row));
	if (vbr_vni_group(row, group))
		json_put_text(object, "group", group);
}

static void print_row(const struct vbr_vni *row, const char *device)
{
	char group[VBR_ADDRESS_TEXT_SIZE] = "-";
	uint32_t first = vbr_vni_first(row), last = vbr_vni_last(row);

	out_name(stdout, *device ? device : "?");
	printf("\t%u", first);
	if (last != first)
		printf("-%u", last);
	vbr_vni_group(row, group);
	printf("\t%s\n", group);
}

static int show(const struct cli *cli, const struct vbr_vnis *vnis)
{
	const struct vbr_vni *row;
	struct json_list list;

	out_table();
	if (cli->json)
		json_list_begin(&list);
	else
		puts("device\tVNIs\tgroup");
	for (size_t i = 0; (row = vbr_vnis_at(vnis, i)); i++) {
		char device[VBR_NAME_SIZE] = "";

		vbr_link_name(cli->ctx, vbr_vni_index(row), device);
		if (cli->json)
			put_row(json_list_item(&list), row, device);
		else
			print_row(row, device);
	}
	if (!cli->json)
		return EXIT_SUCCESS;
	json_list_end(&list);
	return json_status(cli);
}

int cmd_showvnis(struct cli *cli, const struct call *call)
{
	struct vbr_vnis *vnis;
	int status;

	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	if (vbr_vni_list(cli->ctx, call->argc ? call->argv[0] : NULL, &vnis) <
	    0)
		return cli_fail(cli);
	status = show(cli, vnis);
	vbr_vnis_free(vnis);
	return status;
}
