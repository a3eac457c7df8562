/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* add and rem: VLAN devices come and go. */

#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/out.h"
#include "vbridge.h"
#include "vconfig.h"

/* The words behind the VLAN ids. */
struct extras {
	unsigned int protocol;
	const char *name;
};

static int take_protocol(const struct cli *cli, const char *word,
			 unsigned int *ret_protocol)
{
	if (strcasecmp(word, "802.1q") == 0)
		*ret_protocol = VBR_VLAN_8021Q;
	else if (strcasecmp(word, "802.1ad") == 0)
		*ret_protocol = VBR_VLAN_8021AD;
	else
		return cli_refuse_word(cli, word,
				   _("is no protocol: 802.1q or 802.1ad"));
	return EXIT_SUCCESS;
}

/* Beyond three, vconfig counted arguments before it looked at them. */
static int refuse_extra(const struct cli *cli, const struct call *call,
			const char *word)
{
	if (call->argc > 3)
		return refuse_count(call->argc + 1);
	return cli_refuse_word(cli, word, _("is one argument too many"));
}

static int take_extras(const struct cli *cli, const struct call *call,
		       struct extras *ret_extras)
{
	for (int i = 2; i < call->argc; i += 2) {
		const char *word = call->argv[i], *value = call->argv[i + 1];

		if (value && strcasecmp(word, "name") == 0)
			ret_extras->name = value;
		else if (!value || strcasecmp(word, "protocol") != 0)
			return refuse_extra(cli, call, word);
		else if (take_protocol(cli, value, &ret_extras->protocol))
			return STATUS_REFUSED;
	}
	return EXIT_SUCCESS;
}

static int fail_add(const struct cli *cli, const char *parent,
		    const char *vids, int error)
{
	/* What vconfig never refused, it has no line for. */
	if (error == -ENAMETOOLONG || error == -EILSEQ)
		return cli_refuse(cli);
	fputs("ERROR: trying to add VLAN #", stderr);
	out_name(stderr, vids);
	fputs(" to IF -:", stderr);
	out_name(stderr, parent);
	fprintf(stderr, ":-  error: %s\n", cli_strerror(-error));
	/* Of a set, the library's sentence has the id that was refused. */
	if (strpbrk(vids, ",-") && error != -EPERM &&
	    vbr_ctx_kernel_errno(cli->ctx))
		cli_say(cli, "%s", vbr_ctx_error(cli->ctx));
	else
		cli_explain(cli);
	return STATUS_ADD;
}

static void report_added(const char *parent, const struct vbr_vids *vids)
{
	int vid = -1;

	while ((vid = vbr_vids_next(vids, vid)) >= 0) {
		printf("Added VLAN with VID == %d to IF -:", vid);
		out_name(stdout, parent);
		puts(":-");
		if (vid == 1)
			puts("WARNING:  VLAN 1 does not work with many "
			     "switches,\n"
			     "consider another number if you have problems.");
	}
}

/* A number, whatever its sign: then the kernel would say that it is out of
 * range; anything else is no VLAN id. */
static bool is_number(const char *word)
{
	if (*word == '-' || *word == '+')
		word++;
	return *word && word[strspn(word, "0123456789")] == '\0';
}

int cmd_add(struct cli *cli, const struct call *call)
{
	const char *parent = call->argv[0], *text = call->argv[1];
	struct extras extras = { 0 };
	struct vbr_vids *vids;
	int rc;

	if (take_extras(cli, call, &extras))
		return STATUS_REFUSED;
	rc = vbr_vids_parse(text, &vids);
	if (rc == -ERANGE || (rc == -EINVAL && is_number(text)))
		return fail_add(cli, parent, text, -ERANGE);
	if (rc < 0)
		return cli_refuse_word(cli, text, _("is no VLAN id, and no set "
						"of ids like 10,20-29"));

	rc = vbr_vlan_add(cli->ctx, parent, vids, extras.protocol,
			  extras.name);
	if (rc == 0)
		report_added(parent, vids);
	vbr_vids_free(vids);
	return rc < 0 ? fail_add(cli, parent, text, rc) : EXIT_SUCCESS;
}

int cmd_rem(struct cli *cli, const struct call *call)
{
	const char *device = call->argv[0];
	int rc = vbr_vlan_del(cli->ctx, device);

	if (rc < 0) {
		fputs("ERROR: trying to remove VLAN -:", stderr);
		out_name(stderr, device);
		fprintf(stderr, ":- error: %s\n", cli_strerror(-rc));
		cli_explain(cli);
		return STATUS_REM;
	}
	fputs("Removed VLAN -:", stdout);
	out_name(stdout, device);
	puts(":-");
	return EXIT_SUCCESS;
}
