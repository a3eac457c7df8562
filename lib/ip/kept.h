/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The addresses, routes, rules, neighbours and nexthops of all devices, to be
 * put back when a change is undone. */

#ifndef VBR_IP_KEPT_H
#define VBR_IP_KEPT_H

#include <stdbool.h>

#include "vbridge.h"

struct ip_kept;

int ip_kept_take(struct vbr_ctx *ctx, struct ip_kept **ret_kept);
/* Keeps only the rows that belong to some devices. */
int ip_kept_take_of(struct vbr_ctx *ctx,
		    bool (*is_wanted)(const char *name, void *data), void *data,
		    struct ip_kept **ret_kept);
void ip_kept_free(struct ip_kept *kept);

/*
 * After an undo, which began with the state "last": restores the rows that the
 * change or the undo itself has deleted, also on devices that have been created
 * again, and deletes the rows that the change has added. What others have
 * changed since "after" stays.
 */
int ip_kept_put_back(struct vbr_ctx *ctx, const struct ip_kept *before,
		     const struct ip_kept *after, const struct ip_kept *last);

/*
 * After a change that has replaced devices by others of the same name: restores
 * the rows that were deleted with the old devices.
 */
int ip_kept_put_back_replaced(struct vbr_ctx *ctx,
			      const struct ip_kept *before);

/* Lines, to be freed; NULL: no memory. -EBADMSG: they are no such lines. */
char *ip_kept_format(const struct ip_kept *kept);
int ip_kept_parse(const char *text, struct ip_kept **ret_kept);

#endif
