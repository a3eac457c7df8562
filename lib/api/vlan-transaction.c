/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What all changes of port VLANs share. */

#include "config.h"

#include "api/vlan-transaction.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "api/port-vlan.h"
#include "base/vids.h"
#include "core/link.h"
#include "core/port.h"
#include "core/talk.h"
#include "wire/request.h"

/* Tries a small buffer first: most changes are short. */
int txn_send(struct vbr_ctx *ctx, const struct port_vlan_change *change,
	     build_fn *build, void *data)
{
	struct nlmsghdr *msg;
	struct request req;
	int rc;

	memset(&req, 0, sizeof(req));
	rc = build(&req.head, sizeof(req.bytes), change, data);
	if (rc == 0)
		return talk(ctx, &req.head, NULL);
	if (rc != -EMSGSIZE)
		return rc;
	msg = calloc(1, PORT_VLAN_SIZE);
	if (!msg)
		return context_fail(ctx, -ENOMEM, NULL);
	rc = build(msg, PORT_VLAN_SIZE, change, data);
	if (rc == 0)
		rc = talk(ctx, msg, NULL);
	else if (rc == -EMSGSIZE)
		context_fail(ctx, rc, NULL);
	free(msg);
	return rc;
}

static int find_device(struct vlan_transaction *txn, const char *bridge,
		       const char *device)
{
	struct link_info link;
	int rc = port_find_member(txn->ctx, bridge, device, &link);

	if (rc < 0)
		return rc;
	txn->change.is_bridge = link.kind == LINK_BRIDGE;
	txn->change.device = link.index;
	return 0;
}

int txn_begin(struct vlan_transaction *txn, struct vbr_ctx *ctx,
	      const char *bridge, const char *device,
	      const struct vbr_vids *vids)
{
	*txn = (struct vlan_transaction){ .ctx = ctx, .change.vids = vids };
	if (vids_count(vids) == 0)
		return context_fail(ctx, -EINVAL, _("no VLAN is named"));
	if (vids_has(vids, 0))
		return context_fail(ctx, -ERANGE,
				    _("VLAN ids range from 1 to 4094"));
	return find_device(txn, bridge, device);
}

const struct vbr_port_vlan *txn_find(const struct vlan_transaction *txn,
				     int vid)
{
	return port_vlan_list_find(&txn->before, vid);
}

bool txn_is_several(const struct vlan_transaction *txn)
{
	return vids_count(txn->change.vids) > 1;
}

/* Usually true: in most cases the kernel refuses before it changes anything. */
bool txn_is_unchanged(const struct vlan_transaction *txn)
{
	struct port_vlan_list now;
	bool is_same;

	if (port_vlan_read_device(txn->ctx, txn->change.device, txn->scope,
				  &now) < 0)
		return false;
	is_same = port_vlan_list_same(&txn->before, &now);
	port_vlan_list_clear(&now);
	return is_same;
}

int txn_undone(const struct vlan_transaction *txn,
	       const struct failure *refusal, int error, int undo_error)
{
	context_restore(txn->ctx, refusal);
	if (undo_error < 0)
		context_append(txn->ctx, "%s",
			       _("; some of the VLANs may have been changed"));
	return error;
}

/* The kernel ignores missing VLANs. */
static int check_all_there(const struct vlan_transaction *txn)
{
	int vid = -1;

	while ((vid = vids_next(txn->change.vids, vid)) >= 0)
		if (!txn_find(txn, vid))
			return context_fail_why(txn->ctx, -ENOENT,
						_("VLAN %d is not there"), vid);
	return 0;
}

int txn_read_state(struct vlan_transaction *txn, enum vbr_scope scope)
{
	txn->scope = scope;
	return port_vlan_read_device(txn->ctx, txn->change.device, scope,
				     &txn->before);
}

int txn_read_existing(struct vlan_transaction *txn, enum vbr_scope scope)
{
	int rc = txn_read_state(txn, scope);

	if (rc == 0)
		rc = check_all_there(txn);
	if (rc < 0)
		port_vlan_list_clear(&txn->before);
	return rc;
}

int txn_part(const struct vlan_transaction *txn,
	     const struct vbr_port_vlan *row, struct vbr_vids *ret_vids)
{
	*ret_vids = (struct vbr_vids){ 0 };
	for (int vid = row->first; vid <= row->last; vid++)
		if (vids_has(txn->change.vids, (unsigned int)vid))
			vids_add(ret_vids, (unsigned int)vid);
	return vids_next(ret_vids, -1);
}
