/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets options of VLANs of ports and bridges. */

#include "config.h"

#include "api/port-vlan-set.h"

#include <errno.h>
#include <string.h>

#include "base/vids.h"
#include "api/port-vlan.h"
#include "api/vlan-transaction.h"
#include "core/setting.h"

struct options {
	enum vbr_scope scope;
	size_t count;
	struct option_value values[SET_MAX];
	int rc;
	size_t bad;
};

static int build_options(struct nlmsghdr *msg, size_t size,
			 const struct port_vlan_change *change, void *data)
{
	struct options *options = data;

	options->rc = port_vlan_put_options(msg, size, options->scope, change,
					    options->values, options->count,
					    &options->bad);
	return options->rc;
}

static int send_options(struct vbr_ctx *ctx,
			const struct port_vlan_change *change,
			struct options *options)
{
	int rc = txn_send(ctx, change, build_options, options);

	/* A value that cannot be encoded is not sent. */
	if (options->rc < 0 && options->rc != -EMSGSIZE)
		return set_refuse(ctx, options->rc,
				  &options->values[options->bad]);
	return set_explain(ctx, rc, options->values, options->count);
}

/* Whether one of the VLANs does not have the old value. */
static bool is_other(const struct port_vlan_list *now,
		     const struct vbr_vids *vids,
		     const struct option_value *old)
{
	int vid = -1;

	while ((vid = vids_next(vids, vid)) >= 0) {
		const struct vbr_port_vlan *row = port_vlan_list_find(now, vid);
		uint64_t value;

		if (!row || option_get(row->options, old->option, &value) < 0 ||
		    value != old->value)
			return true;
	}
	return false;
}

/* Sends all options together, or, if that fails, one by one. */
static int send_restore(struct vbr_ctx *ctx,
			const struct port_vlan_change *change,
			struct options *old)
{
	struct options one = { .scope = old->scope, .count = 1 };
	int rc = old->count ? send_options(ctx, change, old) : 0;

	if (rc == 0 || old->count == 1)
		return rc;
	rc = 0;
	for (size_t i = 0; i < old->count; i++) {
		int again;

		one.values[0] = old->values[i];
		again = send_options(ctx, change, &one);
		rc = rc < 0 ? rc : again;
	}
	return rc;
}

/* Restores the options of a row's VLANs that the kernel reported before. */
static int restore_row(const struct vlan_transaction *txn,
		       const struct port_vlan_list *now,
		       const struct vbr_port_vlan *before,
		       const struct options *options)
{
	struct options old = { .scope = options->scope };
	struct port_vlan_change change = txn->change;
	struct vbr_vids vids;

	if (txn_part(txn, before, &vids) < 0)
		return 0;
	for (size_t i = 0; i < options->count; i++) {
		struct option_value *value = &old.values[old.count];

		value->option = options->values[i].option;
		if (option_get(before->options, value->option, &value->value) ==
			    0 &&
		    is_other(now, &vids, value))
			old.count++;
	}
	change.vids = &vids;
	return send_restore(txn->ctx, &change, &old);
}

static int restore_rows(const struct vlan_transaction *txn,
			const struct port_vlan_list *now,
			const struct options *options)
{
	int rc = 0;

	for (size_t i = 0; i < txn->before.count; i++) {
		int again = restore_row(txn, now, &txn->before.rows[i],
					options);

		rc = rc < 0 ? rc : again;
	}
	return rc;
}

int restore_options(const struct vlan_transaction *txn,
		    const struct port_vlan_list *now)
{
	const struct option_table *table = option_table(txn->scope);
	struct options all = { .scope = txn->scope };

	for (size_t i = 0; i < table->count; i++)
		if (table->rows[i].access & OPTION_WRITE)
			all.values[all.count++].option = &table->rows[i];
	return restore_rows(txn, now, &all);
}

static int undo_options(const struct vlan_transaction *txn,
			const struct options *options, int error)
{
	struct failure refusal = txn->ctx->failure;
	struct port_vlan_list now;
	int rc = port_vlan_read_device(txn->ctx, txn->change.device, txn->scope,
				       &now);

	if (rc == 0) {
		rc = restore_rows(txn, &now, options);
		port_vlan_list_clear(&now);
	}
	return txn_undone(txn, &refusal, error, rc);
}

/*
 * Returns an option that the kernel does not report for one of the VLANs, or
 * NULL. "is_sparse": looks at the options that the kernel sometimes omits,
 * otherwise at those that it always reports.
 */
static const struct vbr_option *find_untold(const struct vlan_transaction *txn,
					    const struct options *options,
					    bool is_sparse)
{
	struct vbr_vids vids;
	uint64_t value;

	for (size_t i = 0; i < txn->before.count; i++) {
		const struct vbr_port_vlan *row = &txn->before.rows[i];

		if (txn_part(txn, row, &vids) < 0)
			continue;
		for (size_t k = 0; k < options->count; k++) {
			const struct vbr_option *option =
				options->values[k].option;

			if (!(option->access & OPTION_SPARSE) == !is_sparse &&
			    option_get(row->options, option, &value) ==
				    -ENODATA)
				return option;
		}
	}
	return NULL;
}

static int send_and_explain(const struct vlan_transaction *txn,
			    struct options *options)
{
	const struct vbr_option *option;
	int rc = send_options(txn->ctx, &txn->change, options);

	if (rc == 0 && txn->ctx->is_dry)
		return set_dry_run(txn->ctx, options->values, options->count);
	option = rc == -EINVAL ? find_untold(txn, options, true) : NULL;
	if (option)
		context_append(txn->ctx,
			       _("; this kernel has no %s, or not "
				 "for these VLANs"),
			       option->name);
	return rc;
}

static int set(struct vbr_ctx *ctx, const char *bridge, const char *device,
	       const struct vbr_vids *vids, enum vbr_scope scope,
	       const struct vbr_setting *settings, size_t count)
{
	struct options options = { .scope = scope, .count = count };
	const struct vbr_option *option;
	struct vlan_transaction txn;
	int rc;

	rc = set_resolve(ctx, scope, settings, count, options.values);
	if (rc == 0)
		rc = txn_begin(&txn, ctx, bridge, device, vids);
	if (rc < 0)
		return rc;
	rc = txn_read_existing(&txn, scope);
	/* Linux before 5.15 has no options of bridge VLANs. */
	if (rc == -EOPNOTSUPP)
		return set_refuse_unknown(ctx, options.values[0].option);
	if (rc < 0)
		return rc;
	option = find_untold(&txn, &options, false);
	if (option)
		rc = set_refuse_unknown(ctx, option);
	else
		rc = send_and_explain(&txn, &options);
	if (rc < 0 && context_may_be_done(ctx) &&
	    (count > 1 || txn_is_several(&txn)))
		rc = undo_options(&txn, &options, rc);
	port_vlan_list_clear(&txn.before);
	return rc;
}

int vbr_port_vlan_set_all(struct vbr_ctx *ctx, const char *bridge,
			  const char *device, const struct vbr_vids *vids,
			  const struct vbr_setting *settings, size_t count)
{
	context_begin(ctx,
		      N_("cannot set options of VLANs of \"%s\" of bridge "
			 "\"%s\""),
		      device, bridge);
	return set(ctx, bridge, device, vids, VBR_SCOPE_PORT_VLAN, settings,
		   count);
}

int vbr_bridge_vlan_set_all(struct vbr_ctx *ctx, const char *bridge,
			    const struct vbr_vids *vids,
			    const struct vbr_setting *settings, size_t count)
{
	context_begin(ctx, N_("cannot set options of VLANs of bridge \"%s\""),
		      bridge);
	return set(ctx, bridge, bridge, vids, VBR_SCOPE_BRIDGE_VLAN, settings,
		   count);
}
