/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A change of VLANs of a port or a bridge: all that a call names, or none. One
 * message holds it; should the kernel refuse it half-way, what was done is
 * undone by what was read before.
 */

#ifndef VBR_VLAN_TRANSACTION_H
#define VBR_VLAN_TRANSACTION_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>

#include "api/port-vlan-list.h"
#include "core/context.h"

/* A change, and what there was before. */
struct vlan_transaction {
	struct vbr_ctx *ctx;
	struct port_vlan_change change;
	enum vbr_scope scope;
	struct port_vlan_list before;
};

/* Finds the device, and looks at the ids. */
int txn_begin(struct vlan_transaction *txn, struct vbr_ctx *ctx,
	      const char *bridge, const char *device,
	      const struct vbr_vids *vids);

/* Reads what there is. port_vlan_list_clear() when done, where it succeeds. */
int txn_read_state(struct vlan_transaction *txn, enum vbr_scope scope);

/* The same, and the change must be a part of it. port_vlan_list_clear()
 * when done, where it succeeds. */
int txn_read_existing(struct vlan_transaction *txn, enum vbr_scope scope);

/* What was before of a VLAN, or NULL: it was not there. */
const struct vbr_port_vlan *txn_find(const struct vlan_transaction *txn,
				     int vid);

bool txn_is_several(const struct vlan_transaction *txn);

/* Reads again. */
bool txn_is_unchanged(const struct vlan_transaction *txn);

/* Those of a row's VLANs that the change is about; the first, or -1: none. */
int txn_part(const struct vlan_transaction *txn,
	     const struct vbr_port_vlan *row, struct vbr_vids *ret_vids);

/* Puts a message together in as much room as is given; -EMSGSIZE: it does not
 * fit, or another error, which txn_send() returns as it is. */
typedef int build_fn(struct nlmsghdr *msg, size_t size,
		     const struct port_vlan_change *change, void *data);

int txn_send(struct vbr_ctx *ctx, const struct port_vlan_change *change,
	     build_fn *build, void *data);

/* Whether a change that failed has come to the kernel at all. */
bool txn_may_be_done(const struct vbr_ctx *ctx, int error);

/* The refusal is the call's error again, after it was undone. What could not
 * be undone is not known, but that there is something is said. Returns
 * "error". */
int txn_undone(const struct vlan_transaction *txn,
	       const struct failure *refusal, int error, int undo_error);

#endif
