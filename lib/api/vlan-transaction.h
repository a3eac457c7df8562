/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A change of the VLANs of a port or a bridge, which is done completely or not
 * at all. It is sent in one message; if the kernel refuses after a part of it,
 * that part is undone by means of the state that was read before.
 */

#ifndef VBR_VLAN_TRANSACTION_H
#define VBR_VLAN_TRANSACTION_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>

#include "api/port-vlan-list.h"
#include "core/context.h"

/* A change, and the state before it. */
struct vlan_transaction {
	struct vbr_ctx *ctx;
	struct port_vlan_change change;
	enum vbr_scope scope;
	struct port_vlan_list before;
};

/* Finds the device, and checks the VLAN ids. */
int txn_begin(struct vlan_transaction *txn, struct vbr_ctx *ctx,
	      const char *bridge, const char *device,
	      const struct vbr_vids *vids);

/* Reads the current state. After success, free "before" with
 * port_vlan_list_clear(). */
int txn_read_state(struct vlan_transaction *txn, enum vbr_scope scope);

/* The same; -ENOENT if a VLAN of the change is missing. */
int txn_read_existing(struct vlan_transaction *txn, enum vbr_scope scope);

/* The previous state of a VLAN; NULL: it did not exist. */
const struct vbr_port_vlan *txn_find(const struct vlan_transaction *txn,
				     int vid);

bool txn_is_several(const struct vlan_transaction *txn);

/* Reads the state again, and compares. */
bool txn_is_unchanged(const struct vlan_transaction *txn);

/* The VLANs of a row that are in the change. Returns the first, or -1 for
 * none. */
int txn_part(const struct vlan_transaction *txn,
	     const struct vbr_port_vlan *row, struct vbr_vids *ret_vids);

/* Builds a message in a buffer of "size" bytes. -EMSGSIZE: it does not fit.
 * txn_send() returns other errors unchanged. */
typedef int build_fn(struct nlmsghdr *msg, size_t size,
		     const struct port_vlan_change *change, void *data);

int txn_send(struct vbr_ctx *ctx, const struct port_vlan_change *change,
	     build_fn *build, void *data);

/* Restores the original error after a rollback, and notes a rollback that is
 * incomplete. Returns "error". */
int txn_undone(const struct vlan_transaction *txn,
	       const struct failure *refusal, int error, int undo_error);

#endif
