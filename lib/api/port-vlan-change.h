/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A change of VLANs of a port or a bridge: all that a call names, or none. One
 * message holds it; should the kernel refuse it half-way, what was done is
 * undone by what was read before.
 */

#ifndef VBR_FILTER_CHANGE_H
#define VBR_FILTER_CHANGE_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"
#include "api/port-vlan.h"

/* A change, and what there was before. */
struct work {
	struct vbr_ctx *ctx;
	struct filter_change change;
	enum option_scope scope;
	struct filter_list before;
};

/* Finds the device, and looks at the ids. */
int work_begin(struct work *work, struct vbr_ctx *ctx, const char *bridge,
	       const char *device, const struct vbr_vids *vids);

/* Reads what there is. filter_list_clear() when done, where it succeeds. */
int work_look(struct work *work, enum option_scope scope);

/* The same, and the change must be a part of it. filter_list_clear()
 * when done, where it succeeds. */
int work_read(struct work *work, enum option_scope scope);

/* What was before of a VLAN, or NULL: it was not there. */
const struct vbr_port_vlan *work_find(const struct work *work, int vid);

bool work_is_several(const struct work *work);

/* Reads again. */
bool work_is_as_before(const struct work *work);

/* Those of a row's VLANs that the change is about; the first, or -1: none. */
int work_part(const struct work *work, const struct vbr_port_vlan *row,
	      struct vbr_vids *ret_vids);

/* Puts a message together in as much room as is given; -EMSGSIZE: it does not
 * fit, or another error, which work_send() returns as it is. */
typedef int build_fn(struct nlmsghdr *msg, size_t size,
		     const struct filter_change *change, void *data);

int work_send(struct vbr_ctx *ctx, const struct filter_change *change,
	      build_fn *build, void *data);

int tunnel_refuse_bridge(struct vbr_ctx *ctx);
/* Whether there are ids for so many, from this one on. */
int tunnel_check_ids(struct vbr_ctx *ctx, const struct vbr_vids *vids,
		     uint32_t first);

/* Gives VLANs that are there the options, and the tunnels, that they had, as
 * far as they do not have them now. */
int options_again(const struct work *work, const struct filter_list *now);
int tunnels_again(const struct work *work, const struct filter_list *now);
/* Both, of what there is now. */
int work_give_back(const struct work *work);

/* Whether a change that failed has come to the kernel at all. */
bool work_may_be_done(const struct vbr_ctx *ctx, int error);

/* The refusal is the call's error again, after it was undone. What could not
 * be undone is not known, but that there is something is said. Returns
 * "error". */
int work_undone(const struct work *work, const struct failure *refusal,
		int error, int undo_error);

#endif
