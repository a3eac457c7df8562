/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Adds ports with all their settings. The kernel puts a new port into the
 * bridge's default VLAN, and lets it forward at once, if it is up and the bridge
 * is. Only a device that is dormant becomes a port that is disabled, and stays
 * so until it is in use again; neither its link nor its addresses are lost.
 */

#include "config.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "api/port.h"
#include "api/vlan-transaction.h"
#include "base/vids.h"
#include "core/context.h"
#include "core/dry-run.h"
#include "core/ioctl.h"
#include "core/link.h"
#include "core/option-value.h"
#include "core/port.h"
#include "core/set-options.h"
#include "core/setting.h"
#include "core/talk.h"

#define FLAGS (VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED)

/* A device, and what has been done with it. */
struct joining {
	const char *name;
	int index;
	uint8_t mode; /* its IF_LINK_MODE_* before */
	bool is_up;   /* before */
	bool can_hold;
	bool is_held, is_port, is_raised;
};

/* The state of one call of vbr_port_add_with(). */
struct addition {
	struct vbr_ctx *ctx;
	const char *bridge;
	int bridge_index;
	bool bridge_is_up;
	uint64_t default_vlan; /* 0: none */
	const struct vbr_new_port *with;
	struct option_value values[SET_MAX];
	struct joining *rows;
	size_t count;
};

/* --- checks --------------------------------------------------------------- */

static int check_state(struct vbr_ctx *ctx, const struct vbr_new_port *with)
{
	for (size_t i = 0; i < with->count; i++)
		if (strcmp(with->settings[i].option, "state") == 0)
			return context_fail(ctx, -EINVAL,
					    _("the state of a port can be "
					      "set only once it is in use"));
	return 0;
}

static int check_vids(struct vbr_ctx *ctx, const struct vbr_new_vlans *vlans)
{
	size_t count = vids_count(vlans->vids);

	if (vlans->flags & ~(unsigned int)FLAGS)
		return context_fail(ctx, -EINVAL, _("there is no such flag"));
	if (count == 0)
		return context_fail(ctx, -EINVAL, _("no VLAN is named"));
	if (vids_has(vlans->vids, 0))
		return context_fail(ctx, -ERANGE,
				    _("VLAN ids range from 1 to 4094"));
	if (vlans->flags & VBR_PORT_VLAN_PVID && count > 1)
		return context_fail(ctx, -EINVAL,
				    _("one VLAN alone can be the PVID"));
	return 0;
}

static int check_twice(struct vbr_ctx *ctx, const struct vbr_new_vlans *one,
		       const struct vbr_new_vlans *other)
{
	int vid = -1;

	if (one->flags & other->flags & VBR_PORT_VLAN_PVID)
		return context_fail(ctx, -EINVAL,
				    _("one VLAN alone can be the PVID"));
	while ((vid = vids_next(one->vids, vid)) >= 0)
		if (vids_has(other->vids, (unsigned int)vid))
			return context_fail_why(ctx, -EINVAL,
						_("VLAN %d is given twice"),
						vid);
	return 0;
}

static int check_vlans(struct vbr_ctx *ctx, const struct vbr_new_port *with)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < with->vlans_count; i++) {
		rc = check_vids(ctx, &with->vlans[i]);
		for (size_t k = 0; rc == 0 && k < i; k++)
			rc = check_twice(ctx, &with->vlans[i], &with->vlans[k]);
	}
	return rc;
}

static int check(struct addition *addition)
{
	const struct vbr_new_port *with = addition->with;
	struct vbr_ctx *ctx = addition->ctx;
	int rc = 0;

	if (addition->count == 0)
		return context_fail(ctx, -EINVAL, _("no port is named"));
	if (with->count)
		rc = set_resolve(ctx, VBR_SCOPE_PORT, with->settings,
				 with->count, addition->values);
	if (rc == 0)
		rc = check_state(ctx, with);
	return rc < 0 ? rc : check_vlans(ctx, with);
}

/* --- look ----------------------------------------------------------------- */

static int look_at_bridge(struct addition *addition)
{
	struct link_info link;
	int rc = link_find_bridge(addition->ctx, addition->bridge, &link);

	if (rc < 0)
		return port_explain_bridge(addition->ctx, addition->bridge, rc);
	addition->bridge_index = link.index;
	addition->bridge_is_up = link.flags & IFF_UP;
	/* A kernel without VLAN filtering does not send it. */
	if (option_value(link_options(&link, VBR_SCOPE_BRIDGE),
			 VBR_SCOPE_BRIDGE, "default_pvid",
			 &addition->default_vlan) < 0)
		addition->default_vlan = 0;
	return 0;
}

static int check_master(const struct addition *addition,
			const struct link_info *link)
{
	struct vbr_ctx *ctx = addition->ctx;

	if (!link->master)
		return 0;
	if (link->master == addition->bridge_index)
		return context_fail(ctx, -EBUSY,
				    _("it is a port of this bridge already"));
	if (link->is_port)
		return context_fail(ctx, -EBUSY,
				    _("it is a port of another bridge"));
	return context_fail(ctx, -EBUSY, _("it has another master"));
}

static int check_device(const struct addition *addition, size_t at,
			const struct link_info *link)
{
	struct vbr_ctx *ctx = addition->ctx;

	if (link->kind == LINK_BRIDGE)
		return context_fail(ctx, -ELOOP, _("it is a bridge itself"));
	if (link->flags & IFF_LOOPBACK)
		return context_fail(ctx, -EINVAL,
				    _("it is the loopback device"));
	for (size_t i = 0; i < at; i++)
		if (addition->rows[i].index == link->index)
			return context_fail(ctx, -EINVAL,
					    _("it is named twice"));
	return check_master(addition, link);
}

/* A device that is dormant already waits for another program. */
static bool can_hold(const struct addition *addition,
		     const struct link_info *link)
{
	const struct vbr_new_port *with = addition->with;

	return addition->bridge_is_up && link->flags & IFF_UP &&
	       link->oper_state != IF_OPER_DORMANT &&
	       (with->count || with->vlans_count);
}

static void begin(const struct addition *addition, size_t at)
{
	context_begin(addition->ctx,
		      N_("cannot add port \"%s\" to bridge \"%s\""),
		      addition->count ? addition->rows[at].name : "",
		      addition->bridge);
}

static int look(const struct addition *addition, size_t at)
{
	struct joining *row = &addition->rows[at];
	struct link_info link;
	int rc;

	begin(addition, at);
	rc = link_find(addition->ctx, row->name, &link);
	if (rc == 0)
		rc = check_device(addition, at, &link);
	if (rc < 0)
		return rc;
	row->index = link.index;
	row->mode = link.link_mode;
	row->is_up = link.flags & IFF_UP;
	row->can_hold = can_hold(addition, &link);
	return 0;
}

/* --- add ------------------------------------------------------------------ */

static int set_mode(struct vbr_ctx *ctx, int index, uint8_t state, uint8_t mode)
{
	struct request req;

	request_link_mode(&req, index, state, mode);
	return talk(ctx, &req.head, NULL);
}

/* With this mode, the state stays dormant if a carrier appears meanwhile. */
static int hold(struct vbr_ctx *ctx, struct joining *row)
{
	row->is_held = true;
	return set_mode(ctx, row->index, IF_OPER_DORMANT, IF_LINK_MODE_DORMANT);
}

/* Without a carrier, the kernel keeps its own state. */
static int let_go(struct vbr_ctx *ctx, const struct joining *row)
{
	return set_mode(ctx, row->index, IF_OPER_UP, row->mode);
}

static int set_up(struct vbr_ctx *ctx, int index, bool up)
{
	const struct link_change change = { .has_up = true, .up = up };
	struct request req;

	request_link_set(&req, index, &change);
	return talk(ctx, &req.head, NULL);
}

static int build_vlans(struct nlmsghdr *msg, size_t size,
		       const struct port_vlan_change *change, void *data)
{
	const uint16_t *type = data;

	return port_vlan_put_vlans(msg, size, *type, change) ? 0 : -EMSGSIZE;
}

static int send_vlans(struct vbr_ctx *ctx, int index, uint16_t type,
		      const struct vbr_vids *vids, unsigned int flags)
{
	const struct port_vlan_change change = {
		.device = index,
		.vids = vids,
		.flags = (uint16_t)flags,
	};

	return txn_send(ctx, &change, build_vlans, &type);
}

static bool wants_default(const struct addition *addition)
{
	const struct vbr_new_port *with = addition->with;

	for (size_t i = 0; i < with->vlans_count; i++)
		if (vids_has(with->vlans[i].vids,
			     (unsigned int)addition->default_vlan))
			return true;
	return false;
}

static int leave_default(const struct addition *addition, int index)
{
	struct vbr_vids vids = { 0 };

	if (!addition->default_vlan || wants_default(addition))
		return 0;
	vids_add(&vids, (unsigned int)addition->default_vlan);
	return send_vlans(addition->ctx, index, RTM_DELLINK, &vids, 0);
}

static int add_vlans(const struct addition *addition, int index)
{
	const struct vbr_new_port *with = addition->with;
	int rc = 0;

	if (with->vlans_count)
		rc = leave_default(addition, index);
	for (size_t i = 0; rc == 0 && i < with->vlans_count; i++)
		rc = send_vlans(addition->ctx, index, RTM_SETLINK,
				with->vlans[i].vids, with->vlans[i].flags);
	if (rc == -EOPNOTSUPP)
		context_append(addition->ctx,
			       _("; this kernel may have been built "
				 "without %s"),
			       "vlan_filtering");
	return rc;
}

static int add(const struct addition *addition, size_t at)
{
	const struct vbr_new_port *with = addition->with;
	struct joining *row = &addition->rows[at];
	const struct target target = { VBR_SCOPE_PORT, row->name,
				       addition->bridge };
	struct vbr_ctx *ctx = addition->ctx;
	int rc = 0;

	begin(addition, at);
	if (row->can_hold)
		rc = hold(ctx, row);
	if (rc == 0) {
		rc = port_join(ctx, addition->bridge, row->index);
		row->is_port = rc == 0;
	}
	if (rc == 0)
		rc = add_vlans(addition, row->index);
	if (rc == 0 && with->count)
		rc = set_options(ctx, &target, with->settings, with->count);
	return rc;
}

/* From here on the port forwards. */
static int start(const struct addition *addition, size_t at)
{
	struct joining *row = &addition->rows[at];

	begin(addition, at);
	if (row->is_held)
		return let_go(addition->ctx, row);
	row->is_raised = addition->with->up && !row->is_up;
	return row->is_raised ? set_up(addition->ctx, row->index, true) : 0;
}

/* --- undo ----------------------------------------------------------------- */

static bool exists(struct vbr_ctx *ctx, int index)
{
	char name[NAME_SIZE];

	return ioctl_name(ctx, index, name) == 0;
}

/* Whether all of it is as before. */
static bool take_back(const struct addition *addition,
		      const struct joining *row)
{
	struct vbr_ctx *ctx = addition->ctx;
	bool is_done = true;

	if (row->is_raised)
		is_done = set_up(ctx, row->index, false) == 0;
	if (row->is_port)
		is_done &= ioctl_port_del(ctx, addition->bridge, row->index) ==
			   0;
	if (row->is_held)
		is_done &= let_go(ctx, row) == 0;
	return is_done || !exists(ctx, row->index);
}

static void undo(const struct addition *addition)
{
	struct vbr_ctx *ctx = addition->ctx;
	struct failure refusal = ctx->failure;
	bool is_done = true;

	for (size_t left = addition->count; left > 0; left--)
		is_done &= take_back(addition, &addition->rows[left - 1]);
	context_restore(ctx, &refusal);
	if (!is_done)
		context_append(
			ctx, "%s",
			_("; some of the devices may have been changed"));
	else if (addition->count > 1)
		context_append(ctx, "%s", _("; no port was added"));
}

/* --- the whole ------------------------------------------------------------ */

static int add_all(const struct addition *addition)
{
	size_t done = 0;
	int rc = 0;

	while (rc == 0 && done < addition->count)
		rc = add(addition, done++);
	for (size_t i = 0; rc == 0 && i < addition->count; i++)
		rc = start(addition, i);
	if (rc < 0)
		undo(addition);
	return rc;
}

static int look_and_add(struct addition *addition)
{
	struct vbr_ctx *ctx = addition->ctx;
	int rc = look_at_bridge(addition);

	for (size_t i = 0; rc == 0 && i < addition->count; i++)
		rc = look(addition, i);
	if (rc < 0)
		return rc;
	if (ctx->is_dry)
		return set_dry_run(ctx, addition->values,
				   addition->with->count);
	/* An undo must not fail because memory has run out. */
	rc = talk_reserve(ctx);
	return rc < 0 ? rc : add_all(addition);
}

int vbr_port_add_with(struct vbr_ctx *ctx, const char *bridge,
		      const char *const *ports, size_t count,
		      const struct vbr_new_port *with)
{
	struct addition addition;
	int rc;

	addition.ctx = ctx;
	addition.bridge = bridge;
	addition.with = with;
	addition.count = count;
	addition.rows = calloc(count + 1, sizeof(*addition.rows));
	context_begin(ctx, N_("cannot add port \"%s\" to bridge \"%s\""),
		      count ? ports[0] : "", bridge);
	if (!addition.rows)
		return context_fail(ctx, -ENOMEM, NULL);
	for (size_t i = 0; i < count; i++)
		addition.rows[i].name = ports[i];
	rc = check(&addition);
	if (rc == 0)
		rc = look_and_add(&addition);
	free(addition.rows);
	return rc;
}
