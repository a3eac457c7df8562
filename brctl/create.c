/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addbridge, addport and delbridge: all that a word asks for is done at once, or
 * nothing. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/changes.h"
#include "cli/values.h"
#include "cli/vids.h"
#include "commands.h"
#include "created.h"
#include "link.h"
#include "signals.h"
#include "targets.h"
#include "vbridge.h"

/* --- words ---------------------------------------------------------------- */

/* The words NAME=VALUE of a command. */
struct options {
	int count;
	char *words[VALUES_MAX];
	struct vbr_setting settings[VALUES_MAX];
};

static int put_option(const struct cli *cli, char *word,
		      struct options *options)
{
	if (options->count == VALUES_MAX)
		return cli_bad_word(cli, _("\"%s\" is one option too many"),
				    word);
	options->words[options->count++] = word;
	return EXIT_SUCCESS;
}

static int parse_options(const struct cli *cli, enum vbr_scope scope,
			 struct options *options)
{
	return options->count ? values_parse(cli, scope, options->words,
					     options->count, options->settings)
			      : EXIT_SUCCESS;
}

/* --- addbridge ------------------------------------------------------------ */

static int take_bridge_word(const struct cli *cli, struct args *args,
			    char *word, struct options *options,
			    struct vbr_link_settings *link)
{
	unsigned int before = link->what;
	int status;

	if (strchr(word, '='))
		return put_option(cli, word, options);
	if (strcmp(word, "address") == 0)
		status = link_take_address(cli, args_next(args), link);
	else if (strcmp(word, "mtu") == 0)
		status = link_take_mtu(cli, args_next(args), link);
	else if (strcmp(word, "up") != 0)
		return cli_bad_word(cli,
				    _("\"%s\" is not one of OPTION=VALUE, "
				      "address, mtu and up"),
				    word);
	else {
		link->what |= VBR_LINK_UP;
		link->up = true;
		status = EXIT_SUCCESS;
	}
	if (status == EXIT_SUCCESS && link->what == before)
		return cli_bad_word(cli, _("\"%s\" is given twice"), word);
	return status;
}

/* Says so if the kernel has taken another value. */
static int check_bridge(const struct cli *cli, const char *name,
			const struct vbr_new_bridge *with)
{
	struct values values = { .scope = VBR_SCOPE_BRIDGE };
	struct vbr_bridge *bridge;
	int status;

	if (with->count == 0)
		return EXIT_SUCCESS;
	if (vbr_bridge_get(cli->ctx, name, &bridge) < 0)
		return cli_fail(cli);
	values.of = bridge;
	status = changes_check(cli, &values, with->settings, with->count, 0);
	vbr_bridge_free(bridge);
	return status;
}

static int add_bridge(struct cli *cli, const char *name,
		      const struct vbr_new_bridge *with)
{
	sigset_t before;
	int rc;

	signals_block(&before);
	rc = vbr_bridge_add_with(cli->ctx, name, with);
	signals_restore(&before);
	/* In a test, a line before it may delete the device. */
	if (rc == -EEXIST && cli_is_test(cli))
		return EXIT_SUCCESS;
	if (rc == 0)
		return cli->dry_run || cli_is_test(cli)
			       ? EXIT_SUCCESS
			       : check_bridge(cli, name, with);
	if (rc == -EEXIST && cli->may_exist)
		return created_bridge(cli, name, with);
	return cli_fail(cli);
}

int cmd_addbridge(struct cli *cli, const struct call *call)
{
	struct args args = args_after(cli, call, 1);
	struct options options = { 0 };
	struct vbr_new_bridge with = { .settings = options.settings };

	while (args.count > 0) {
		char *word = *args.list;

		args_next(&args);
		if (take_bridge_word(cli, &args, word, &options, &with.link))
			return EXIT_FAILURE;
	}
	if (parse_options(cli, VBR_SCOPE_BRIDGE, &options))
		return EXIT_FAILURE;
	with.count = (size_t)options.count;
	return add_bridge(cli, call->argv[0], &with);
}

/* --- delbridge ------------------------------------------------------------ */

int cmd_delbridge(struct cli *cli, const struct call *call)
{
	struct args args = args_after(cli, call, 1);
	unsigned int flags = 0, flag;
	const char *word;
	int rc;

	while ((word = args_next(&args))) {
		if (strcmp(word, "force") == 0)
			flag = VBR_BRIDGE_DEL_UP;
		else if (strcmp(word, "if-empty") == 0)
			flag = VBR_BRIDGE_DEL_IF_EMPTY;
		else
			return cli_bad_word(cli,
					    _("\"%s\" is neither force nor "
					      "if-empty"),
					    word);
		if (flags & flag)
			return cli_bad_word(cli, _("\"%s\" is given twice"),
					    word);
		flags |= flag;
	}
	if (check_device_names(cli, 1, call->argv))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = vbr_bridge_del_with(cli->ctx, call->argv[0], flags);
	if (rc == -ENODEV && cli->if_exists)
		return cli_unchanged(cli);
	if (rc == -EBUSY) {
		cli_fail(cli);
		/* Translators: a word of the command line follows the colon. */
		cli_message(cli, "%s",
			    _("to delete it although it is up: force"));
		return EXIT_FAILURE;
	}
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

/* --- addport -------------------------------------------------------------- */

/* The words of a command line about new ports. */
struct ports {
	struct options options;
	struct vbr_new_port with;
	struct vbr_new_vlans *vlans; /* room for as many as there are words */
};

static int take_vlans(const struct cli *cli, const char *word,
		      struct ports *ports)
{
	struct vbr_vids *vids;

	if (!word)
		return cli_bad_word(cli, _("\"%s\" needs a value"), "vlan");
	if (vids_take(cli, word, &vids))
		return EXIT_FAILURE;
	ports->vlans[ports->with.vlans_count++] = (struct vbr_new_vlans){
		.vids = vids
	};
	return EXIT_SUCCESS;
}

/* A flag belongs to the VLANs before it. */
static int take_flag(const struct cli *cli, const char *word, unsigned int flag,
		     struct ports *ports)
{
	struct vbr_new_vlans *last;

	if (ports->with.vlans_count == 0)
		return cli_bad_word(cli, _("\"%s\" must follow vlan VIDS"),
				    word);
	last = &ports->vlans[ports->with.vlans_count - 1];
	if (last->flags & flag)
		return cli_bad_word(cli, _("\"%s\" is given twice"), word);
	last->flags |= flag;
	return EXIT_SUCCESS;
}

static int take_port_word(const struct cli *cli, struct args *args, char *word,
			  struct ports *ports)
{
	if (strchr(word, '='))
		return put_option(cli, word, &ports->options);
	if (strcmp(word, "vlan") == 0)
		return take_vlans(cli, args_next(args), ports);
	if (strcmp(word, "pvid") == 0)
		return take_flag(cli, word, VBR_PORT_VLAN_PVID, ports);
	if (strcmp(word, "untagged") == 0)
		return take_flag(cli, word, VBR_PORT_VLAN_UNTAGGED, ports);
	if (strcmp(word, "up") != 0)
		return cli_bad_word(
			cli,
			_("\"%s\" is not one of OPTION=VALUE, vlan, "
			  "pvid, untagged and up"),
			word);
	if (ports->with.up)
		return cli_bad_word(cli, _("\"%s\" is given twice"), word);
	ports->with.up = true;
	return EXIT_SUCCESS;
}

static void drop_ports(struct ports *ports)
{
	for (size_t i = 0; i < ports->with.vlans_count; i++)
		vbr_vids_free((struct vbr_vids *)ports->vlans[i].vids);
	free(ports->vlans);
}

static int take_ports(const struct cli *cli, const struct call *call,
		      struct ports *ports)
{
	struct args args = args_after(cli, call, 2);

	*ports = (struct ports){ 0 };
	ports->vlans = calloc((size_t)call->argc, sizeof(*ports->vlans));
	if (!ports->vlans) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	while (args.count > 0) {
		char *word = *args.list;

		args_next(&args);
		if (take_port_word(cli, &args, word, ports))
			return EXIT_FAILURE;
	}
	if (parse_options(cli, VBR_SCOPE_PORT, &ports->options))
		return EXIT_FAILURE;
	ports->with.settings = ports->options.settings;
	ports->with.count = (size_t)ports->options.count;
	ports->with.vlans = ports->vlans;
	return EXIT_SUCCESS;
}

/* The library checks the words before it looks for the bridge. The second call
 * makes the message. */
static int check_ports(const struct cli *cli, const struct call *call,
		       const struct vbr_new_port *with)
{
	const char *device = call->argv[1];

	if (vbr_port_add_with(cli->ctx, NO_DEVICE, &device, 1, with) == -ENXIO)
		return EXIT_SUCCESS;
	vbr_port_add_with(cli->ctx, call->argv[0], &device, 1, with);
	return cli_fail(cli);
}

static int add_ports(struct cli *cli, const char *bridge,
		     struct targets *devices, const struct vbr_new_port *with)
{
	sigset_t before;
	int rc, status;

	if (cli->may_exist) {
		status = created_ports(cli, bridge, devices, with);
		if (status || devices->count == 0)
			return status ? status : cli_unchanged(cli);
	}
	signals_block(&before);
	rc = vbr_port_add_with(cli->ctx, bridge,
			       (const char *const *)devices->names,
			       devices->count, with);
	signals_restore(&before);
	if (rc < 0)
		return cli_fail(cli);
	if (with->vlans_count)
		warn_if_inert(cli, bridge);
	return EXIT_SUCCESS;
}

int cmd_addport(struct cli *cli, const struct call *call)
{
	struct ports ports;
	struct targets devices;
	int status = take_ports(cli, call, &ports);

	if (status == EXIT_SUCCESS && cli_is_test(cli)) {
		status = check_ports(cli, call, &ports.with);
	} else if (status == EXIT_SUCCESS) {
		status = targets_take_devices(cli, &call->argv[1], &devices);
		if (status == EXIT_SUCCESS) {
			status = add_ports(cli, call->argv[0], &devices,
					   &ports.with);
			targets_drop(&devices);
		}
	}
	drop_ports(&ports);
	return status;
}
