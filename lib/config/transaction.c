/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Changes that are made or undone as a whole. A transaction keeps the previous
 * state and compares, so a program can make its changes with any calls.
 */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "config/configuration.h"
#include "config/undo.h"
#include "core/context.h"
#include "core/lock.h"

struct vbr_transaction {
	struct vbr_ctx *ctx;
	struct vbr_config *before;
	struct items named; /* the devices; none: all */
};

static void drop(struct vbr_transaction *transaction)
{
	vbr_config_free(transaction->before);
	items_drop(&transaction->named);
	vbr_ctx_unref(transaction->ctx);
	free(transaction);
}

/* --- begin ---------------------------------------------------------------- */

/* A device that is not there yet has the name that it will have. */
static int find_name(struct vbr_ctx *ctx, const char *device, char *ret_name)
{
	int rc = vbr_link_resolve(ctx, device, NULL, ret_name);

	if (rc != -ENODEV || name_is_long(device) || !*device)
		return rc;
	strcpy(ret_name, device);
	return 0;
}

static int add_device(struct vbr_transaction *transaction, const char *device)
{
	struct item item = { .kind = ITEM_LINK, .name = "state" };
	struct vbr_ctx *ctx = transaction->ctx;
	char name[VBR_NAME_SIZE];
	int rc = find_name(ctx, device, name);

	if (rc < 0)
		return rc;
	item.device = arena_text(&transaction->named.arena, name);
	rc = item.device ? items_add(&transaction->named, &item) : -ENOMEM;
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

static int add_devices(struct vbr_transaction *transaction,
		       const char *const *devices, size_t count)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = add_device(transaction, devices[i]);
	if (rc == 0 && items_sort(&transaction->named) < 0)
		rc = context_fail(transaction->ctx, -ENOMEM, NULL);
	return rc;
}

static int begin(struct vbr_transaction *transaction,
		 const char *const *devices, size_t count)
{
	struct vbr_ctx *ctx = transaction->ctx;
	int rc = add_devices(transaction, devices, count);

	if (rc == 0 && count)
		rc = undo_capture(ctx, &transaction->named,
				  &transaction->before);
	else if (rc == 0)
		rc = vbr_config_capture_whole(ctx, &transaction->before);
	return rc;
}

int vbr_transaction_begin(struct vbr_ctx *ctx, const char *const *devices,
			  size_t count,
			  struct vbr_transaction **ret_transaction)
{
	struct vbr_transaction *transaction = calloc(1, sizeof(*transaction));
	int rc;

	context_begin(ctx, N_("cannot begin a transaction"));
	if (!transaction)
		return context_fail(ctx, -ENOMEM, NULL);
	transaction->ctx = vbr_ctx_ref(ctx);
	rc = begin(transaction, devices, count);
	if (rc < 0)
		drop(transaction);
	else
		*ret_transaction = transaction;
	return rc;
}

/* --- the ends ------------------------------------------------------------- */

void vbr_transaction_commit(struct vbr_transaction *transaction)
{
	if (transaction)
		drop(transaction);
}

static int undo_devices(struct vbr_transaction *transaction,
			struct vbr_config **ret_lost)
{
	struct vbr_ctx *ctx = transaction->ctx;
	struct vbr_config *plan = NULL;
	struct lock lock;
	int rc = restore_lock(ctx, &lock);

	if (rc < 0)
		return rc;
	rc = undo_run_whole(ctx, transaction->before, &transaction->named,
			    &plan);
	restore_unlock(&lock);
	undo_explain(ctx, rc, plan);
	if (rc < 0)
		vbr_config_free(plan);
	else
		*ret_lost = plan;
	return rc;
}

int vbr_transaction_undo(struct vbr_transaction *transaction,
			 struct vbr_config **ret_lost)
{
	struct vbr_config *lost = NULL;
	int rc = 0;

	context_begin(transaction->ctx, N_("cannot undo the change"));
	if (transaction->named.count && !transaction->ctx->is_dry)
		rc = undo_devices(transaction, &lost);
	else
		rc = vbr_config_undo(transaction->ctx, transaction->before,
				     NULL, &lost);
	if (rc == 0 && ret_lost)
		*ret_lost = lost;
	else if (rc == 0)
		vbr_config_free(lost);
	drop(transaction);
	return rc;
}
