/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addvlan, delvlan and setvlan: the VLANs of ports, and of bridges. */

#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "brctl.h"
#include "cli/out.h"
#include "cli/values.h"
#include "vbridge.h"

/* What all of these begin with. */
struct target {
	const char *bridge;
	char **members;		/* ports, or the bridge itself */
	size_t count;
	char **list;		/* what of it is to be freed */
	struct vbr_vids *vids;
};

/* A name may have a comma in it. */
static bool is_member(const struct cli *cli, const struct call *call)
{
	struct vbr_port *port;

	if (strcmp(call->argv[0], call->argv[1]) == 0)
		return true;
	if (vbr_port_get(cli->ctx, call->argv[0], call->argv[1], &port) < 0)
		return false;
	vbr_port_free(port);
	return true;
}

/* Takes the words between commas; the argument is cut into them. */
static int split_members(const struct cli *cli, char *text,
			 struct target *target)
{
	size_t most = 1;
	char *rest = text, *word;

	for (const char *at = text; (at = strchr(at, ',')); at++)
		most++;
	target->count = 0;
	target->list = calloc(most, sizeof(*target->list));
	if (!target->list) {
		vbr_vids_free(target->vids);
		cli_say(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	target->members = target->list;
	while ((word = strsep(&rest, ",")))
		target->members[target->count++] = word;
	return EXIT_SUCCESS;
}

static int take_vids(const struct cli *cli, const struct call *call,
		     struct target *target)
{
	int rc = vbr_vids_parse(call->argv[2], &target->vids);

	if (rc == -EINVAL)
		return cli_refuse_word(cli, call->argv[2],
				       _("is no VLAN id, and no set of ids "
					 "like 10,20-29"));
	if (rc == -ERANGE)
		return cli_refuse_word(cli, call->argv[2],
				       _("is out of range: VLAN ids go from 1 "
					 "to 4094"));
	if (rc < 0) {
		cli_say(cli, "%s", cli_strerror(-rc));
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

/* Of one member alone, or, where a change can be made to many, of several. */
static int take_target(const struct cli *cli, const struct call *call,
		       bool is_many, struct target *ret_target)
{
	*ret_target = (struct target){
		call->argv[0], &call->argv[1], 1, NULL, NULL,
	};
	if (take_vids(cli, call, ret_target))
		return EXIT_FAILURE;
	if (!is_many || !strchr(call->argv[1], ',') || is_member(cli, call))
		return EXIT_SUCCESS;
	return split_members(cli, call->argv[1], ret_target);
}

static void drop_target(struct target *target)
{
	free(target->list);
	vbr_vids_free(target->vids);
}

/* --- addvlan -------------------------------------------------------------- */

/* The words behind the VLANs. */
struct extras {
	unsigned int flags;
	bool has_tunnel;
	uint64_t tunnel;
};

static int take_extras(const struct cli *cli, const struct call *call,
		       struct extras *extras)
{
	for (int i = 3; i < call->argc; i++) {
		const char *word = call->argv[i], *id = call->argv[i + 1];

		if (strcmp(word, "pvid") == 0) {
			extras->flags |= VBR_FILTER_PVID;
		} else if (strcmp(word, "untagged") == 0) {
			extras->flags |= VBR_FILTER_UNTAGGED;
		} else if (strcmp(word, "tunnel") != 0) {
			return cli_refuse_word(cli, word,
				_("is none of pvid, untagged and tunnel"));
		} else if (!id || vbr_parse_number(id, UINT32_MAX,
						   &extras->tunnel) < 0) {
			return cli_refuse_word(cli, id ? id : "",
					       _("is no tunnel id"));
		} else {
			extras->has_tunnel = true;
			i++;
		}
	}
	return EXIT_SUCCESS;
}

/* A configuration that waits is told apart from one that works. */
static void warn_if_inert(struct cli *cli, const char *name)
{
	FILE *stream = out_stderr();
	struct vbr_bridge *bridge;
	uint64_t on = 1;

	if (vbr_bridge_get(cli->ctx, name, &bridge) < 0)
		return;
	vbr_bridge_value(bridge, "vlan_filtering", &on);
	vbr_bridge_free(bridge);
	if (on)
		return;
	fprintf(stream, "%s: ", cli->tool);
	fputs(_("VLANs have no effect while vlan_filtering is off"), stream);
	fputs(": brctl set ", stream);
	out_name(stream, name);
	fputs(" vlan_filtering=on\n", stream);
}

static const char *const *names_of(const struct target *target)
{
	return (const char *const *)target->members;
}

static int add(struct cli *cli, const struct target *target,
	       const struct extras *extras)
{
	int rc;

	if (extras->has_tunnel)
		rc = vbr_filter_add_tunnels(cli->ctx, target->bridge,
					    target->members[0], target->vids,
					    extras->flags,
					    (uint32_t)extras->tunnel);
	else
		rc = vbr_filter_add_many(cli->ctx, target->bridge,
					 names_of(target), target->count,
					 target->vids, extras->flags);
	if (rc < 0)
		return cli_refuse(cli);
	warn_if_inert(cli, target->bridge);
	return EXIT_SUCCESS;
}

int cmd_addvlan(struct cli *cli, const struct call *call)
{
	struct extras extras = { 0 };
	struct target target;
	int status;

	if (take_extras(cli, call, &extras) ||
	    take_target(cli, call, !extras.has_tunnel, &target))
		return EXIT_FAILURE;
	status = add(cli, &target, &extras);
	drop_target(&target);
	return status;
}

/* --- delvlan -------------------------------------------------------------- */

static int delete_all(struct cli *cli, const struct target *target,
		      bool is_tunnel)
{
	if (is_tunnel)
		return vbr_filter_unmap_tunnels(cli->ctx, target->bridge,
						target->members[0],
						target->vids);
	return vbr_filter_del_many(cli->ctx, target->bridge,
				   names_of(target), target->count,
				   target->vids, cli->if_exists);
}

int cmd_delvlan(struct cli *cli, const struct call *call)
{
	bool is_tunnel = call->argc > 3;
	struct target target;
	int rc;

	if (is_tunnel && strcmp(call->argv[3], "tunnel") != 0)
		return cli_refuse_word(cli, call->argv[3],
				       _("is not the word tunnel"));
	if (take_target(cli, call, !is_tunnel, &target))
		return EXIT_FAILURE;
	rc = delete_all(cli, &target, is_tunnel);
	drop_target(&target);
	if (rc == -ENOENT && cli->if_exists)
		return cli_is_done(cli);
	return rc < 0 ? cli_refuse(cli) : EXIT_SUCCESS;
}

/* --- setvlan -------------------------------------------------------------- */

/* Those of a bridge's VLAN on all of its ports have names of their own. */
static enum vbr_scope scope_of(const struct call *call)
{
	const char *word = call->argv[3];
	char name[VBR_OPTION_TEXT_SIZE] = "";
	size_t len = strcspn(word, "=");

	if (strcmp(call->argv[0], call->argv[1]) != 0 || len >= sizeof(name))
		return VBR_SCOPE_PORT_VLAN;
	memcpy(name, word, len);
	return vbr_option_find(VBR_SCOPE_BRIDGE_VLAN, name) ?
		VBR_SCOPE_BRIDGE_VLAN : VBR_SCOPE_PORT_VLAN;
}

int cmd_setvlan(struct cli *cli, const struct call *call)
{
	enum vbr_scope scope = scope_of(call);
	struct vbr_setting settings[VALUES_MAX];
	size_t count = (size_t)call->argc - 3;
	struct target target;
	int rc;

	if (values_parse(cli, scope, call->argv + 3, (int)count, settings) ||
	    take_target(cli, call, false, &target))
		return EXIT_FAILURE;
	if (scope == VBR_SCOPE_BRIDGE_VLAN)
		rc = vbr_filter_set_bridge_all(cli->ctx, target.bridge,
					       target.vids, settings, count);
	else
		rc = vbr_filter_set_all(cli->ctx, target.bridge,
					target.members[0], target.vids,
					settings, count);
	drop_target(&target);
	return rc < 0 ? cli_refuse(cli) : EXIT_SUCCESS;
}
