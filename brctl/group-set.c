/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addgroup and delgroup: members of multicast groups. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "commands.h"
#include "idempotent.h"
#include "remote-words.h"
#include "targets.h"
#include "vbridge.h"

static int membership_del(struct cli *cli, const struct membership *membership,
			  unsigned int vlan)
{
	struct vbr_new_group with = membership->with;

	with.vlan = vlan;
	return vbr_mdb_del_with(cli->ctx, membership->bridge,
				membership->member, membership->group, &with);
}

typedef int membership_fn(struct cli *cli, const struct membership *membership,
			  unsigned int vlan);

/* For a test. The second call makes the message. */
static int check_membership(struct cli *cli,
			    const struct membership *membership,
			    membership_fn *change)
{
	struct membership nowhere = *membership;

	nowhere.bridge = nowhere.member = NO_DEVICE;
	if (change(cli, &nowhere, membership->with.vlan) == -ENODEV)
		return EXIT_SUCCESS;
	change(cli, membership, membership->with.vlan);
	return cli_fail(cli);
}

static int add_one(struct cli *cli, const struct membership *membership,
		   bool *ret_added)
{
	int rc = membership_add(cli, membership, membership->with.vlan);

	*ret_added = rc == 0;
	/*
	 * An existing member that was replaced cannot be restored by a
	 * deletion.
	 */
	if (rc == 0 && membership->with.replace)
		*ret_added = false;
	if (rc == -EEXIST && cli->may_exist)
		return membership_complete(cli, membership);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

/* After another one was refused. */
static void undo_add(struct cli *cli, const struct membership *membership)
{
	if (!cli->dry_run &&
	    membership_del(cli, membership, membership->with.vlan) < 0)
		cli_bad_word(cli, _("\"%s\" remains a member"),
			     membership->member);
}

static int add_each(struct cli *cli, struct membership *membership,
		    const struct targets *members, bool *added)
{
	bool is_unchanged = true;

	for (size_t i = 0; i < members->count; i++) {
		cli_progress(cli, i, members->count);
		cli->unchanged = false;
		membership->member = members->names[i];
		if (add_one(cli, membership, &added[i])) {
			while (i-- > 0) {
				membership->member = members->names[i];
				if (added[i])
					undo_add(cli, membership);
			}
			return EXIT_FAILURE;
		}
		is_unchanged &= cli->unchanged;
	}
	cli_progress(cli, members->count, members->count);
	cli->unchanged = is_unchanged;
	return EXIT_SUCCESS;
}

/* With IGMPv2 and MLDv1 the kernel neither uses nor shows sources. With
 * snooping by VLAN, each VLAN has its own version. */
static void warn_if_unfiltered(const struct cli *cli,
			       const struct membership *membership)
{
	bool is_ipv6 = strchr(membership->group, ':');
	const char *option = is_ipv6 ? "multicast_mld_version"
				     : "multicast_igmp_version";
	uint64_t version, wanted = is_ipv6 ? 2 : 3, by_vlan = 0;
	struct vbr_bridge *bridge;

	if (!membership->with.mode || membership->with.remote ||
	    vbr_bridge_get(cli->ctx, membership->bridge, &bridge) < 0)
		return;
	vbr_bridge_value(bridge, "mcast_vlan_snooping", &by_vlan);
	if (!by_vlan && vbr_bridge_value(bridge, option, &version) == 0 &&
	    version < wanted)
		/* Translators: a command follows the colon. */
		cli_message(cli,
			    _("sources have no effect while %s is %u: brctl "
			      "set %s %s=%u"),
			    option, (unsigned int)version, membership->bridge,
			    option, (unsigned int)wanted);
	vbr_bridge_free(bridge);
}

static int add_members(struct cli *cli, struct membership *membership,
		       const struct targets *members)
{
	bool *added;
	int status = targets_check_members(cli, membership->bridge, members);

	if (status)
		return status;
	added = calloc(members->count, sizeof(*added));
	if (!added) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	status = add_each(cli, membership, members, added);
	free(added);
	if (status == EXIT_SUCCESS && membership->with.vlan)
		warn_if_inert(cli, membership->bridge);
	if (status == EXIT_SUCCESS)
		warn_if_unfiltered(cli, membership);
	return status;
}

/* In place of a group, a word about a destination: the user expects the
 * grammar of addmac. */
static int refuse_group(const struct cli *cli, const struct call *call)
{
	/* Translators: a command follows the second colon. */
	cli_message(cli,
		    _("\"%s\" is not a group: the groups of a VXLAN device "
		      "are its own: brctl addgroup %s %s GROUP dst IP"),
		    call->argv[2], call->argv[1], call->argv[1]);
	return EXIT_FAILURE;
}

/* The words after the first three. Free with membership_drop(). */
static int take_membership(const struct cli *cli, const struct call *call,
			   enum group_command command,
			   struct membership *membership)
{
	struct args args = args_after(cli, call, 3);
	struct group_words words = { cli, command, membership };

	membership->bridge = call->argv[0];
	membership->member = call->argv[1];
	membership->group = call->argv[2];
	if (remote_words_has(membership->group))
		return refuse_group(cli, call);
	return group_words_take(&args, &words);
}

static int add(struct cli *cli, const struct call *call,
	       struct membership *membership)
{
	struct targets members;
	int status;

	if (cli_is_test(cli))
		return check_membership(cli, membership, membership_add);
	if (targets_take_members(cli, membership->bridge, &call->argv[1],
				 &members))
		return EXIT_FAILURE;
	if (membership->with.replace && members.count > 1)
		status = cli_bad_word(
			cli,
			_("\"%s\" takes only one port, because it cannot be undone"),
			"replace");
	else
		status = add_members(cli, membership, &members);
	targets_drop(&members);
	return status;
}

int cmd_addgroup(struct cli *cli, const struct call *call)
{
	struct membership membership = { 0 };
	int status;

	if (take_membership(cli, call, GROUP_ADD, &membership))
		return EXIT_FAILURE;
	status = add(cli, call, &membership);
	membership_drop(&membership);
	return status;
}

/* A deleted member cannot be restored: its timers and sources are lost. */
static int delete_each(struct cli *cli, struct membership *membership,
		       const struct targets *members)
{
	size_t deleted = 0, i;
	int rc = 0;

	for (i = 0; i < members->count; i++) {
		cli_progress(cli, i, members->count);
		membership->member = members->names[i];
		rc = membership_del(cli, membership, membership->with.vlan);
		if (rc < 0 && !(cli->if_exists && is_missing(rc)))
			break;
		deleted += rc == 0;
	}
	if (i == members->count) {
		cli_progress(cli, i, i);
		return deleted ? EXIT_SUCCESS : cli_unchanged(cli);
	}
	cli_fail(cli);
	while (deleted && !cli->dry_run && i-- > 0)
		cli_bad_word(cli, _("\"%s\" is not a member any more"),
			     members->names[i]);
	return EXIT_FAILURE;
}

int cmd_delgroup(struct cli *cli, const struct call *call)
{
	struct membership membership = { 0 };
	struct targets members;
	int status;

	if (check_device_names(cli, 1, call->argv) ||
	    take_membership(cli, call, GROUP_DEL, &membership))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return check_membership(cli, &membership, membership_del);
	if (targets_take_members(cli, membership.bridge, &call->argv[1],
				 &members))
		return EXIT_FAILURE;
	status = check_device_names(cli, members.count, members.names);
	if (status == EXIT_SUCCESS && (members.count == 0 || !cli->if_exists))
		status = targets_check_members(cli, membership.bridge,
					       &members);
	if (status == EXIT_SUCCESS)
		status = delete_each(cli, &membership, &members);
	targets_drop(&members);
	return status;
}
