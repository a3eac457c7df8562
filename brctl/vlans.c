/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addvlan, delvlan and setvlan: change the VLANs of ports and bridges. */

#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/values.h"
#include "cli/vids.h"
#include "set-many.h"
#include "commands.h"
#include "targets.h"
#include "vbridge.h"
#include "vlan-loss.h"

/* The first arguments of all these commands. */
struct target {
	const char *bridge;
	struct targets members; /* ports, or the bridge itself */
	struct vbr_vids *vids;
};

static void drop_target(struct target *target)
{
	targets_drop(&target->members);
	vbr_vids_free(target->vids);
}

/* "alone": NULL, or an untranslated message for more than one member. */
static int take_members(const struct cli *cli, const struct call *call,
			const char *alone, struct target *target)
{
	if (targets_take_members(cli, target->bridge, &call->argv[1],
				 &target->members))
		return EXIT_FAILURE;
	if (alone && target->members.is_several)
		return cli_bad_word(cli, _(alone), call->argv[1]);
	if (target->members.count == 0)
		return targets_check_members(cli, target->bridge,
					     &target->members);
	return EXIT_SUCCESS;
}

static int take_target(const struct cli *cli, const struct call *call,
		       const char *alone, struct target *ret_target)
{
	*ret_target = (struct target){ .bridge = call->argv[0] };
	if (check_device_names(cli, 1, call->argv) ||
	    vids_take(cli, call->argv[2], &ret_target->vids))
		return EXIT_FAILURE;
	if (take_members(cli, call, alone, ret_target) == EXIT_SUCCESS &&
	    check_device_names(cli, ret_target->members.count,
			       ret_target->members.names) == EXIT_SUCCESS)
		return EXIT_SUCCESS;
	drop_target(ret_target);
	return EXIT_FAILURE;
}

/* --- addvlan -------------------------------------------------------------- */

/* The words after the VLANs. */
struct extras {
	unsigned int flags;
	bool is_plain;	    /* "-", which showvlans prints for no flags */
	const char *tunnel; /* as given, or NULL */
	uint64_t id;
};

/* VNIs have 24 bits. */
#define TUNNEL_MAX 0xffffff

static int take_tunnel(struct args *args, struct extras *extras)
{
	const struct cli *cli = args->cli;

	if (extras->tunnel)
		return cli_bad_word(cli, _("\"%s\" is given twice"), "tunnel");
	extras->tunnel = args_value(args, "tunnel");
	if (!extras->tunnel)
		return EXIT_FAILURE;
	if (vbr_parse_number(extras->tunnel, TUNNEL_MAX, &extras->id) < 0)
		return cli_bad_word(cli,
				    _("\"%s\" is not a tunnel id: they range "
				      "from 0 to 16777215"),
				    extras->tunnel);
	return EXIT_SUCCESS;
}

static int take_extras(const struct cli *cli, const struct call *call,
		       struct extras *extras)
{
	struct args args = args_after(cli, call, 3);
	const char *word;

	while ((word = args_next_part(&args))) {
		if (strcmp(word, "pvid") == 0)
			extras->flags |= VBR_PORT_VLAN_PVID;
		else if (strcmp(word, "untagged") == 0)
			extras->flags |= VBR_PORT_VLAN_UNTAGGED;
		else if (strcmp(word, "-") == 0)
			extras->is_plain = true;
		else if (strcmp(word, "tunnel") != 0)
			return cli_bad_word(
				cli,
				_("\"%s\" is not one of pvid, untagged "
				  "and tunnel"),
				word);
		else if (take_tunnel(&args, extras))
			return EXIT_FAILURE;
	}
	if (extras->is_plain && extras->flags)
		return cli_bad_word(cli, _("\"%s\" contradicts another word"),
				    "-");
	return EXIT_SUCCESS;
}

/* Each further VLAN gets the next id. */
static int check_tunnels(const struct cli *cli, const struct target *target,
			 const struct extras *extras)
{
	if (!extras->tunnel ||
	    extras->id + vids_number(target->vids) <= TUNNEL_MAX + 1)
		return EXIT_SUCCESS;
	return cli_bad_word(cli,
			    _("\"%s\" is not a tunnel id for the first of so "
			      "many VLANs: they range from 0 to 16777215"),
			    extras->tunnel);
}

static const char *const *names_of(const struct target *target)
{
	return (const char *const *)target->members.names;
}

static void report_losses(const struct cli *cli, const struct target *target,
			  const struct extras *extras,
			  const struct vbr_port_vlans *before)
{
	for (size_t i = 0; i < target->members.count; i++)
		vlan_loss_report(cli, target->bridge, target->members.names[i],
				 target->vids, extras->flags, before);
}

static int add(struct cli *cli, const struct target *target,
	       const struct extras *extras)
{
	struct vbr_port_vlans *before = NULL;
	int rc, status = EXIT_SUCCESS;

	/* If this fails, so does the change. */
	vbr_port_vlan_list(cli->ctx, target->bridge, 0, &before);
	if (extras->tunnel)
		rc = vbr_port_vlan_add_tunnels(cli->ctx, target->bridge,
					       target->members.names[0],
					       target->vids, extras->flags,
					       (uint32_t)extras->id);
	else
		rc = vbr_port_vlan_add_many(cli->ctx, target->bridge,
					    names_of(target),
					    target->members.count, target->vids,
					    extras->flags);
	if (rc < 0)
		status = cli_fail(cli);
	else
		report_losses(cli, target, extras, before);
	vbr_port_vlans_free(before);
	if (rc == 0)
		warn_if_inert(cli, target->bridge);
	return status;
}

/* The message for more than one port, or NULL. */
static const char *alone_with(bool is_tunnel)
{
	return is_tunnel
		       ? N_("\"%s\" is not a port, and tunnel takes only one port")
		       : NULL;
}

int cmd_addvlan(struct cli *cli, const struct call *call)
{
	struct extras extras = { 0 };
	struct target target;
	int status;

	if (take_extras(cli, call, &extras) ||
	    take_target(cli, call, alone_with(extras.tunnel), &target))
		return EXIT_FAILURE;
	status = check_tunnels(cli, &target, &extras);
	if (status == EXIT_SUCCESS && !cli_is_test(cli))
		status = add(cli, &target, &extras);
	drop_target(&target);
	return status;
}

/* --- delvlan -------------------------------------------------------------- */

static int delete_all(struct cli *cli, const struct target *target,
		      bool is_tunnel)
{
	if (is_tunnel)
		return vbr_port_vlan_unmap_tunnels(cli->ctx, target->bridge,
						   target->members.names[0],
						   target->vids,
						   cli->if_exists);
	return vbr_port_vlan_del_many(cli->ctx, target->bridge,
				      names_of(target), target->members.count,
				      target->vids, cli->if_exists);
}

/* Drops missing members, if there are several: they are in no VLAN. */
static int drop_missing(const struct cli *cli, struct target *target)
{
	char **names = target->members.list.words;
	size_t count = 0;
	int index;

	for (size_t i = 0; i < target->members.count; i++)
		if (!is_missing(find_member_index(cli, target->bridge, names[i],
						  &index)))
			names[count++] = names[i];
	target->members.count = count;
	return count ? 0 : -ENOENT;
}

int cmd_delvlan(struct cli *cli, const struct call *call)
{
	bool is_tunnel = call->argc > 3;
	struct target target;
	int rc = 0;

	if (is_tunnel && strcmp(call->argv[3], "tunnel") != 0)
		return cli_bad_word(cli, _("\"%s\" is not the word tunnel"),
				    call->argv[3]);
	if (take_target(cli, call, alone_with(is_tunnel), &target))
		return EXIT_FAILURE;
	if (cli->if_exists && target.members.is_several && !cli_is_test(cli))
		rc = drop_missing(cli, &target);
	if (rc == 0 && !cli_is_test(cli))
		rc = delete_all(cli, &target, is_tunnel);
	drop_target(&target);
	if (cli->if_exists && is_missing(rc))
		return cli_unchanged(cli);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

/* --- setvlan -------------------------------------------------------------- */

/* Options that apply to all ports of a bridge have names of their own. */
static enum vbr_scope scope_of(const struct call *call)
{
	const char *word = call->argv[3];
	char name[VBR_OPTION_TEXT_SIZE] = "";
	size_t len = strcspn(word, "=");

	if (strcmp(call->argv[0], call->argv[1]) != 0 || len >= sizeof(name))
		return VBR_SCOPE_PORT_VLAN;
	memcpy(name, word, len);
	return vbr_option_find(VBR_SCOPE_BRIDGE_VLAN, name)
		       ? VBR_SCOPE_BRIDGE_VLAN
		       : VBR_SCOPE_PORT_VLAN;
}

int cmd_setvlan(struct cli *cli, const struct call *call)
{
	struct vbr_setting settings[VALUES_MAX];
	struct set_many set = {
		.cli = cli,
		.scope = scope_of(call),
		.bridge = call->argv[0],
		.settings = settings,
		.count = (size_t)call->argc - 3,
	};
	struct target target;
	int status;

	if (values_parse(cli, set.scope, call->argv + 3, call->argc - 3,
			 settings) ||
	    take_target(cli, call, NULL, &target))
		return EXIT_FAILURE;
	set.vids = target.vids;
	status = set_targets(&set, &target.members);
	drop_target(&target);
	if (status == EXIT_SUCCESS && !cli_is_test(cli))
		warn_if_inert(cli, call->argv[0]);
	return status;
}
