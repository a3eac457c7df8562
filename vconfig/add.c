/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* add and rem: add and delete VLAN devices. */

#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/out.h"
#include "cli/vids.h"
#include "vbridge.h"
#include "vconfig.h"

/* The words after the VLAN ids. */
struct extras {
	unsigned int protocol;
	const char *name;
	char **ignored; /* a word that is neither, or NULL */
};

static int take_protocol(const struct cli *cli, const char *word,
			 unsigned int *ret_protocol)
{
	if (strcasecmp(word, "802.1q") == 0)
		*ret_protocol = VBR_VLAN_8021Q;
	else if (strcasecmp(word, "802.1ad") == 0)
		*ret_protocol = VBR_VLAN_8021AD;
	else
		return cli_bad_word(cli,
				    _("\"%s\" is not a protocol: 802.1q or "
				      "802.1ad"),
				    word);
	return EXIT_SUCCESS;
}

static bool is_extra(const char *word)
{
	return strcasecmp(word, "name") == 0 ||
	       strcasecmp(word, "protocol") == 0;
}

/* vconfig reported the number of more than three arguments, and ignored the
 * third. */
static int take_extras(const struct cli *cli, const struct call *call,
		       struct extras *ret_extras)
{
	for (int i = 2; i < call->argc; i += 2) {
		const char *word = call->argv[i], *value = call->argv[i + 1];

		if (!is_extra(word) && call->argc == 3)
			ret_extras->ignored = call->argv + i;
		else if (!is_extra(word))
			return WRONG_COUNT;
		else if (!value)
			return cli_bad_word(cli, _("\"%s\" needs a value"),
					    word);
		else if (strcasecmp(word, "name") == 0)
			ret_extras->name = value;
		else if (take_protocol(cli, value, &ret_extras->protocol))
			return STATUS_REFUSED;
	}
	return EXIT_SUCCESS;
}

/* The arguments of add. */
struct order {
	const char *parent, *text;
	struct vbr_vids *vids;	      /* parsed from "text" */
	char number[OUT_NUMBER_SIZE]; /* the text of a single id, as read */
	struct extras extras;
	bool has_extras;
};

static void print_failure(const struct order *order, int error)
{
	FILE *stream = out_stderr();

	fputs("ERROR: trying to add VLAN #", stream);
	out_name(stream, order->text);
	fputs(" to IF -:", stream);
	out_name(stream, order->parent);
	fprintf(stream, ":-  error: %s\n", cli_strerror(-error));
}

static int fail_add(const struct cli *cli, const struct order *order, int error)
{
	print_failure(order, error);
	vconfig_explain(cli, STATUS_ADD, -error, order->parent);
	return STATUS_ADD;
}

/* Reports an error of the library. */
static int report_refusal(const struct cli *cli, const struct order *order,
			  int error)
{
	/* vconfig never refused these, and has no line for them. */
	if (error == -ENAMETOOLONG || error == -EILSEQ)
		return cli_fail(cli);
	/* For a set, the library's sentence names the id that was refused. */
	if (error == -EPERM ||
	    !(strpbrk(order->text, ",-") ||
	      (order->has_extras && !vbr_ctx_kernel_errno(cli->ctx))))
		return fail_add(cli, order, error);
	print_failure(order, error);
	cli_fail(cli);
	return STATUS_ADD;
}

static void report_added(const char *parent, const struct vbr_vids *vids)
{
	char number[OUT_NUMBER_SIZE];
	int vid = -1;

	while ((vid = vbr_vids_next(vids, vid)) >= 0) {
		*out_number(number, (uint64_t)vid, 0) = '\0';
		fputs("Added VLAN with VID == ", stdout);
		fputs(number, stdout);
		fputs(" to IF -:", stdout);
		out_name(stdout, parent);
		puts(":-");
		if (vid == 1)
			puts("WARNING:  VLAN 1 does not work with many "
			     "switches,\n"
			     "consider another number if you have problems.");
	}
}

/* --- existing devices ----------------------------------------------------- */

struct look {
	const struct vbr_vlans *vlans; /* those of the parent */
	const struct extras *extras;
	int named; /* the device that has the name; 0: none has */
	bool is_any_there, is_other; /* is_other: by another name */
};

static bool is_there(struct look *look, int vid)
{
	uint64_t wanted = look->extras->protocol ? look->extras->protocol
						 : VBR_VLAN_8021Q;
	const struct vbr_vlan *vlan;

	for (size_t i = 0; (vlan = vbr_vlans_at(look->vlans, i)); i++) {
		uint64_t id = 0, protocol = VBR_VLAN_8021Q;

		vbr_vlan_value(vlan, "id", &id);
		vbr_vlan_value(vlan, "protocol", &protocol);
		if (id != (uint64_t)vid || protocol != wanted)
			continue;
		look->is_any_there = true;
		look->is_other |= look->extras->name &&
				  look->named != vbr_vlan_index(vlan);
		return true;
	}
	return false;
}

/* The ids without a device; free with vbr_vids_free(). */
static int find_absent(struct look *look, const struct vbr_vids *vids,
		       struct vbr_vids **ret_absent)
{
	int vid = -1, rc = vbr_vids_new(ret_absent);

	while (rc == 0 && (vid = vbr_vids_next(vids, vid)) >= 0)
		if (!is_there(look, vid))
			vbr_vids_add(*ret_absent, (unsigned int)vid,
				     (unsigned int)vid);
	return rc;
}

/* Keeps the ids without a device, if the others may exist. -ENOENT: all
 * exist. */
static int look_around(const struct cli *cli, struct order *order)
{
	struct look look = { .extras = &order->extras };
	struct vbr_vids *absent = NULL;
	struct vbr_vlans *vlans;
	int rc = vbr_vlan_list(cli->ctx, order->parent, &vlans);

	if (rc < 0)
		return rc;
	look.vlans = vlans;
	if (order->extras.name)
		vbr_link_resolve(cli->ctx, order->extras.name, &look.named,
				 NULL);
	rc = find_absent(&look, order->vids, &absent);
	vbr_vlans_free(vlans);
	if (look.is_other || (look.is_any_there && !cli->may_exist))
		rc = -EEXIST;
	if (rc == 0 && vbr_vids_next(absent, -1) < 0)
		rc = -ENOENT;
	if (rc < 0) {
		vbr_vids_free(absent);
		return rc;
	}
	vbr_vids_free(order->vids);
	order->vids = absent;
	return 0;
}

/* --- add ------------------------------------------------------------------ */

#define LAST_VID 4094

/* vconfig printed the int that it had read as unsigned. */
static void show_as_read(struct order *order, int64_t vid)
{
	if (vid < INT_MIN || vid > INT_MAX)
		return;
	*out_number(order->number, (uint32_t)vid, 0) = '\0';
	order->text = order->number;
}

static int take_order(const struct cli *cli, const struct call *call,
		      struct order *order)
{
	int64_t vid;
	int rc;

	*order = (struct order){
		.parent = call->argv[0],
		.text = call->argv[1],
	};
	rc = take_extras(cli, call, &order->extras);
	if (rc)
		return rc;
	order->has_extras = order->extras.name || order->extras.protocol;
	if (parse_decimal(order->text, &vid)) {
		show_as_read(order, vid);
		if (vid < 0 || vid > LAST_VID)
			return fail_add(cli, order, -ERANGE);
	}
	rc = vbr_vids_parse(order->text, &order->vids);
	if (rc == -ERANGE)
		return fail_add(cli, order, rc);
	return rc < 0 ? vids_refuse(cli, order->text, rc) : EXIT_SUCCESS;
}

static int add(struct cli *cli, struct order *order)
{
	int rc = 0;

	/* In a dry run, the kernel cannot refuse what exists. */
	if (cli->may_exist || cli->dry_run)
		rc = look_around(cli, order);
	if (rc == -ENOENT)
		return cli_unchanged(cli);
	if (rc == -EEXIST)
		return fail_add(cli, order, rc);
	if (rc == 0)
		rc = vbr_vlan_add(cli->ctx, order->parent, order->vids,
				  order->extras.protocol, order->extras.name);
	if (rc < 0)
		return report_refusal(cli, order, rc);
	if (!cli->dry_run)
		report_added(order->parent, order->vids);
	return EXIT_SUCCESS;
}

/* For a test. The second call makes the message. */
static int check_words(const struct cli *cli, const struct order *order)
{
	const struct extras *extras = &order->extras;
	int rc = vbr_vlan_add(cli->ctx, NO_DEVICE, order->vids,
			      extras->protocol, extras->name);

	if (rc == -ENODEV)
		return EXIT_SUCCESS;
	rc = vbr_vlan_add(cli->ctx, order->parent, order->vids,
			  extras->protocol, extras->name);
	return report_refusal(cli, order, rc);
}

int vconfig_add(struct cli *cli, const struct call *call)
{
	struct order order;
	int status = take_order(cli, call, &order);

	if (status)
		return status;
	status = cli_is_test(cli) ? check_words(cli, &order) : add(cli, &order);
	vbr_vids_free(order.vids);
	if (order.extras.ignored)
		cli_warn_ignored(cli, 1, order.extras.ignored);
	return status;
}

/* --- rem ------------------------------------------------------------------ */

int vconfig_rem(struct cli *cli, const struct call *call)
{
	const char *device = call->argv[0];
	FILE *stream;
	int rc = cli->dry_run ? find_device(cli, device)
			      : vbr_vlan_del(cli->ctx, device);

	/* No device can have an empty name: a variable may not be set. */
	if (rc == -ENODEV && cli->if_exists && *device)
		return cli_unchanged(cli);
	if (rc < 0) {
		stream = out_stderr();
		fputs("ERROR: trying to remove VLAN -:", stream);
		out_name(stream, device);
		fprintf(stream, ":- error: %s\n", cli_strerror(-rc));
		vconfig_explain(cli, STATUS_REM, -rc, device);
		return STATUS_REM;
	}
	if (cli->dry_run)
		return EXIT_SUCCESS;
	fputs("Removed VLAN -:", stdout);
	out_name(stdout, device);
	puts(":-");
	return EXIT_SUCCESS;
}
