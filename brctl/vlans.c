/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addvlan, delvlan and setvlan: change the VLANs of ports and bridges. */

#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/changes.h"
#include "cli/values.h"
#include "cli/vids.h"
#include "commands.h"
#include "vbridge.h"
#include "vlan-loss.h"

/* The first arguments of all these commands. */
struct target {
	const char *bridge;
	char **members; /* ports, or the bridge itself */
	size_t count;
	struct vbr_vids *vids;
	char **list, *copy; /* memory to free */
};

static void drop_target(struct target *target)
{
	free(target->copy);
	free(target->list);
	vbr_vids_free(target->vids);
}

/* A name may contain a comma. */
static bool is_member(const struct cli *cli, const struct call *call)
{
	int index;

	return find_member_index(cli, call->argv[0], call->argv[1], &index) ==
	       0;
}

/* Splits a copy at the commas: the argument may still be shown. */
static int split_members(const struct cli *cli, const char *text,
			 struct target *target)
{
	size_t most = 1;
	char *rest, *word;

	for (const char *at = text; (at = strchr(at, ',')); at++)
		most++;
	target->count = 0;
	target->copy = rest = strdup(text);
	target->members = target->list = calloc(most, sizeof(*target->list));
	if (!target->copy || !target->list) {
		drop_target(target);
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	while ((word = strsep(&rest, ",")))
		target->members[target->count++] = word;
	return EXIT_SUCCESS;
}

/* Takes several members, or, if "alone" is not NULL, only one: "alone" is an
 * untranslated message for more than one. */
static int take_target(const struct cli *cli, const struct call *call,
		       const char *alone, struct target *ret_target)
{
	*ret_target = (struct target){
		.bridge = call->argv[0],
		.members = &call->argv[1],
		.count = 1,
	};
	if (vids_take(cli, call->argv[2], &ret_target->vids))
		return EXIT_FAILURE;
	/* In a test, the line that makes such a device has not run. */
	if (!strchr(call->argv[1], ',') || cli_is_test(cli) ||
	    is_member(cli, call))
		return EXIT_SUCCESS;
	if (!alone)
		return split_members(cli, call->argv[1], ret_target);
	drop_target(ret_target);
	cli_bad_word(cli, _(alone), call->argv[1]);
	return EXIT_FAILURE;
}

/* --- addvlan -------------------------------------------------------------- */

/* The words after the VLANs. */
struct extras {
	unsigned int flags;
	const char *tunnel; /* as given, or NULL */
	uint64_t id;
};

/* VNIs have 24 bits. */
#define TUNNEL_MAX 0xffffff

static int take_tunnel(const struct cli *cli, const char *word,
		       struct extras *extras)
{
	extras->tunnel = word ? word : "";
	if (vbr_parse_number(extras->tunnel, TUNNEL_MAX, &extras->id) < 0)
		return cli_bad_word(cli,
				    _("\"%s\" is no tunnel id: they go "
				      "from 0 to 16777215"),
				    extras->tunnel);
	return EXIT_SUCCESS;
}

static int take_extras(const struct cli *cli, const struct call *call,
		       struct extras *extras)
{
	struct args args = args_after(cli, call, 3);
	const char *word;

	while ((word = args_next(&args))) {
		if (strcmp(word, "pvid") == 0)
			extras->flags |= VBR_PORT_VLAN_PVID;
		else if (strcmp(word, "untagged") == 0)
			extras->flags |= VBR_PORT_VLAN_UNTAGGED;
		else if (strcmp(word, "tunnel") != 0)
			return cli_bad_word(
				cli,
				_("\"%s\" is none of pvid, untagged "
				  "and tunnel"),
				word);
		else if (take_tunnel(cli, args_next(&args), extras))
			return EXIT_FAILURE;
	}
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
			    _("\"%s\" is no tunnel id for the first of so "
			      "many VLANs: they go from 0 to 16777215"),
			    extras->tunnel);
}

static const char *const *names_of(const struct target *target)
{
	return (const char *const *)target->members;
}

static void report_losses(const struct cli *cli, const struct target *target,
			  const struct extras *extras,
			  const struct vbr_port_vlans *before)
{
	for (size_t i = 0; i < target->count; i++)
		vlan_loss_report(cli, target->bridge, target->members[i],
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
					       target->members[0], target->vids,
					       extras->flags,
					       (uint32_t)extras->id);
	else
		rc = vbr_port_vlan_add_many(cli->ctx, target->bridge,
					    names_of(target), target->count,
					    target->vids, extras->flags);
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
		       ? N_("\"%s\" is no port, and tunnel takes one port alone")
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
						   target->members[0],
						   target->vids,
						   cli->if_exists);
	return vbr_port_vlan_del_many(cli->ctx, target->bridge,
				      names_of(target), target->count,
				      target->vids, cli->if_exists);
}

/* Drops missing members, if there are several: they are in no VLAN. */
static int drop_missing(const struct cli *cli, struct target *target)
{
	size_t count = 0;
	int index;

	for (size_t i = 0; i < target->count; i++)
		if (!is_missing(find_member_index(cli, target->bridge,
						  target->members[i], &index)))
			target->members[count++] = target->members[i];
	target->count = count;
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
	if (cli->if_exists && target.count > 1 && !cli_is_test(cli))
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

/* A row with one of the VLANs of the member; returns that VLAN, or -1. */
static int vlan_in(const struct vbr_port_vlan *row, int member,
		   const struct vbr_vids *vids)
{
	unsigned int first = vbr_port_vlan_first(row);
	int vid = vbr_vids_next(vids, (int)first - 1);

	return vbr_port_vlan_index(row) == member && vid >= 0 &&
			       (unsigned int)vid <= vbr_port_vlan_last(row)
		       ? vid
		       : -1;
}

/* The kernel adjusts some values without an error. Reports the first VLAN. */
static int check_vlans(const struct cli *cli, const struct target *target,
		       enum vbr_scope scope, const struct vbr_setting *settings,
		       size_t count)
{
	struct values now = { .scope = scope };
	int status = EXIT_SUCCESS, rc, member;
	struct vbr_port_vlans *rows;

	rc = find_member_index(cli, target->bridge, target->members[0],
			       &member);
	if (rc == 0 && scope == VBR_SCOPE_BRIDGE_VLAN)
		rc = vbr_bridge_vlan_list(cli->ctx, target->bridge, &rows);
	else if (rc == 0)
		rc = vbr_port_vlan_list(cli->ctx, target->bridge,
					VBR_PORT_VLAN_OPTIONS, &rows);
	if (rc < 0)
		return cli_fail(cli);
	for (size_t i = 0;
	     status == EXIT_SUCCESS && (now.of = vbr_port_vlans_at(rows, i));
	     i++) {
		int vid = vlan_in(now.of, member, target->vids);

		if (vid > 0)
			status = changes_check(cli, &now, settings, count,
					       (unsigned int)vid);
	}
	vbr_port_vlans_free(rows);
	return status;
}

int cmd_setvlan(struct cli *cli, const struct call *call)
{
	enum vbr_scope scope = scope_of(call);
	struct vbr_setting settings[VALUES_MAX];
	size_t count = (size_t)call->argc - 3;
	struct target target;
	int rc, status;

	if (values_parse(cli, scope, call->argv + 3, (int)count, settings) ||
	    take_target(cli, call,
			N_("\"%s\" is no port, and one alone can "
			   "be named here"),
			&target))
		return EXIT_FAILURE;
	if (cli_is_test(cli)) {
		drop_target(&target);
		return EXIT_SUCCESS;
	}
	if (scope == VBR_SCOPE_BRIDGE_VLAN)
		rc = vbr_bridge_vlan_set_all(cli->ctx, target.bridge,
					     target.vids, settings, count);
	else
		rc = vbr_port_vlan_set_all(cli->ctx, target.bridge,
					   target.members[0], target.vids,
					   settings, count);
	if (rc < 0)
		status = cli_fail(cli);
	else
		status = cli->dry_run ? EXIT_SUCCESS
				      : check_vlans(cli, &target, scope,
						    settings, count);
	drop_target(&target);
	if (rc == 0)
		warn_if_inert(cli, call->argv[0]);
	return status;
}
