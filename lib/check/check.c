/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Looks at each bridge with each rule. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "check/findings.h"
#include "check/forward.h"
#include "check/moves.h"
#include "check/rule.h"
#include "check/view.h"
#include "core/context.h"

/* --- bridges -------------------------------------------------------------- */

static int make_view(struct check *check, const struct vbr_bridge *bridge,
		     struct bridge_view *view)
{
	const struct topology *topology = check->topology;
	int index = vbr_bridge_index(bridge);
	size_t first,
		count = vbr_ports_of(topology->lists.ports, index, &first);

	*view = (struct bridge_view){
		.bridge = bridge,
		.link = topology_link(topology, index),
		.name = check_name(check, vbr_bridge_name(bridge)),
		.ports = calloc(count + 1, sizeof(*view->ports)),
		.count = count,
	};
	if (!view->ports)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		struct port_view *port = &view->ports[i];

		port->port = vbr_ports_at(topology->lists.ports, first + i);
		port->link = topology_link(topology,
					   vbr_port_index(port->port));
		port->name = check_name(check, vbr_port_name(port->port));
	}
	return check->error;
}

static int look_at(struct check *check, const struct vbr_bridge *bridge)
{
	struct bridge_view view;
	int rc = make_view(check, bridge, &view);

	for (size_t i = 0; rc == 0 && i < vbr_rules_count(); i++) {
		check->rule = vbr_rules_at(i);
		if (check->rule->run)
			check->rule->run(check, &view);
		rc = check->error;
	}
	free(view.ports);
	return rc;
}

static int look_at_named(struct check *check, const char *name)
{
	const struct vbr_bridge *found;
	struct vbr_bridge *bridge;
	int rc = vbr_bridge_get(check->ctx, name, &bridge);

	if (rc < 0)
		return rc;
	found = topology_bridge(check->topology, vbr_bridge_index(bridge));
	vbr_bridge_free(bridge);
	if (found)
		return look_at(check, found);
	context_begin(check->ctx, N_("cannot check bridge \"%s\""), name);
	return context_fail(check->ctx, -ENODEV, NULL);
}

static int look(struct check *check, const char *const *bridges, size_t count)
{
	const struct vbr_bridge *bridge;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = look_at_named(check, bridges[i]);
	for (size_t i = 0;
	     rc == 0 && count == 0 &&
	     (bridge = vbr_bridges_at(check->topology->lists.bridges, i));
	     i++)
		rc = look_at(check, bridge);
	return rc;
}

static int fail(struct vbr_ctx *ctx, int error)
{
	if (error != -ENOMEM)
		return error;
	context_begin(ctx, N_("cannot check the bridges"));
	return context_fail(ctx, error, NULL);
}

int vbr_check(struct vbr_ctx *ctx, const char *const *bridges, size_t count,
	      struct vbr_findings **ret_findings)
{
	struct vbr_findings *findings = calloc(1, sizeof(*findings));
	struct topology topology = { 0 };
	struct check check = {
		.ctx = ctx,
		.topology = &topology,
		.findings = findings,
	};
	int rc;

	if (!findings)
		return fail(ctx, -ENOMEM);
	rc = moves_watch(ctx, &check.moves);
	if (rc == 0)
		rc = topology_take(ctx, &topology);
	if (rc == 0)
		rc = look(&check, bridges, count);
	topology_drop(&topology);
	moves_free(check.moves);
	forward_free(check.forward);
	if (rc < 0)
		vbr_findings_free(findings);
	else
		*ret_findings = findings;
	return fail(ctx, rc);
}
