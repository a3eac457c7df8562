/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Sets options of a device, several in one message. The kernel sets them one by
 * one and stops at the first that it refuses, mostly without saying which one
 * that is. They are then sent one by one to find it, and all are set back.
 */

#include "config.h"

#include "core/set-options.h"

#include <errno.h>
#include <string.h>

#include "core/context.h"
#include "core/link.h"
#include "core/port.h"
#include "core/setting.h"
#include "core/talk.h"
#include "wire/request.h"

/* Those that are given, and those that the kernel may change along with them. */
#define OLD_MAX (2 * SET_MAX)

struct change {
	struct vbr_ctx *ctx;
	const struct target *target;
	int index; /* of the port */
	/* The first "shared" values go to the bridge, the rest to the port's
	 * driver: the kernel needs a separate message for those. */
	size_t count, shared;
	bool shared_is_done;
	/* They were sent one by one, so that some may be set. */
	bool was_in_turn;
	struct option_value values[SET_MAX];
	/* The previous values, if they can be read. */
	size_t old_count;
	struct option_value old[OLD_MAX];
};

static void put_drivers_last(struct change *change)
{
	change->shared = 0;
	for (size_t i = 0; i < change->count; i++) {
		struct option_value *first = &change->values[change->shared];
		struct option_value value = change->values[i];

		if (value.option->access & OPTION_SELF)
			continue;
		change->values[i] = *first;
		*first = value;
		change->shared++;
	}
}

static bool is_sent_always(const struct vbr_option *option)
{
	return option->access & OPTION_READ &&
	       !(option->access & OPTION_SPARSE);
}

/* Whether the current options must be read before the change. */
static bool needs_look(const struct change *change)
{
	if (change->count > 1 || change->target->scope == VBR_SCOPE_PORT ||
	    change->ctx->is_dry)
		return true;
	return is_sent_always(change->values[0].option) &&
	       !(change->values[0].option->access & OPTION_EVERYWHERE);
}

/* The current options; valid until the next request. */
static int look(struct change *change, struct attr_span *ret_now)
{
	const struct target *target = change->target;
	struct vbr_ctx *ctx = change->ctx;
	struct link_info link;
	int rc;

	switch (target->scope) {
	case VBR_SCOPE_PORT:
		rc = port_find(ctx, target->bridge, target->name, &link);
		break;
	case VBR_SCOPE_BRIDGE:
		rc = link_find_bridge(ctx, target->name, &link);
		break;
	default:
		rc = link_find(ctx, target->name, &link);
		if (rc == 0 && link.kind != LINK_VLAN)
			rc = context_fail(ctx, -EOPNOTSUPP,
					  _("it is not a VLAN device"));
		break;
	}
	if (rc < 0)
		return rc;
	change->index = link.index;
	*ret_now = link_options(&link, target->scope);
	return 0;
}

static bool is_changed(const struct change *change, const char *option)
{
	for (size_t i = 0; i < change->count; i++)
		if (strcmp(change->values[i].option->name, option) == 0)
			return true;
	return false;
}

/* The option that the kernel may change along with "option", if it has a
 * value. */
static void remember_also(struct change *change, struct attr_span now,
			  const struct vbr_option *option)
{
	const struct vbr_option *also;
	uint64_t value;

	if (!option->also[0] || is_changed(change, option->also))
		return;
	also = option_find(change->target->scope, option->also);
	if (option_get(now, also, &value) == 0)
		change->old[change->old_count++] = (struct option_value){
			also, value
		};
}

static int remember(struct change *change, struct attr_span now)
{
	for (size_t i = 0; i < change->count; i++) {
		const struct vbr_option *option = change->values[i].option;
		uint64_t value = 0;
		int rc = option_get(now, option, &value);

		if (rc == -ENODATA && is_sent_always(option) &&
		    !(option->access & OPTION_EVERYWHERE))
			return set_refuse_unknown(change->ctx, option);
		if (option->access & OPTION_READ)
			change->old[change->old_count++] =
				(struct option_value){ option, value };
		remember_also(change, now, option);
	}
	return 0;
}

static int build(const struct change *change, const struct option_value *values,
		 size_t count, struct request *ret_req)
{
	const struct target *target = change->target;
	size_t bad = 0;
	int rc;

	switch (target->scope) {
	case VBR_SCOPE_PORT:
		rc = request_port_set(ret_req, change->index, values, count,
				      &bad);
		break;
	case VBR_SCOPE_VLAN:
		rc = request_vlan_set(ret_req, target->name, values, count,
				      &bad);
		break;
	default:
		rc = request_bridge_set(ret_req, target->name, values, count,
					&bad);
		break;
	}
	return rc < 0 ? set_refuse(change->ctx, rc, &values[bad]) : 0;
}

/* The kernel returns EOPNOTSUPP for a device that is not a bridge, and for an
 * option that it sends but cannot set. */
static int explain_unsupported(const struct change *change,
			       const struct vbr_option *option)
{
	struct vbr_ctx *ctx = change->ctx;
	int rc;

	if (*ctx->failure.kernel_text)
		return -EOPNOTSUPP;
	rc = link_check_bridge(ctx, change->target->name);
	if (rc == -EOPNOTSUPP)
		return context_fail_as(ctx, rc, _("it is not a bridge"));
	if (rc == 0)
		context_append(ctx,
			       _("; this kernel may have been built "
				 "without %s"),
			       option->name);
	return -EOPNOTSUPP;
}

static int deliver(const struct change *change, struct request *req,
		   const struct option_value *values, size_t count)
{
	return set_explain(change->ctx, talk(change->ctx, &req->head, NULL),
			   values, count);
}

static int send_options(const struct change *change,
			const struct option_value *values, size_t count)
{
	struct request req;
	int rc = build(change, values, count, &req);

	return rc < 0 ? rc : deliver(change, &req, values, count);
}

/* The driver's options come last: they cannot be read, nor set back. */
static int send_all(struct change *change)
{
	const struct option_value *own = change->values + change->shared;
	size_t own_count = change->count - change->shared;
	struct request req;
	int rc = 0;

	/* Find values that cannot be encoded before anything is sent. */
	if (own_count)
		rc = build(change, own, own_count, &req);
	if (rc == 0 && change->shared) {
		rc = send_options(change, change->values, change->shared);
		change->shared_is_done = rc == 0;
	}
	if (rc == 0 && own_count)
		rc = deliver(change, &req, own, own_count);
	return rc;
}

/* Sends the options one by one; keeps those that are refused. */
static size_t send_each(const struct change *change,
			struct option_value *values, size_t count)
{
	size_t refused = 0;

	for (size_t i = 0; i < count; i++)
		if (send_options(change, &values[i], 1) < 0)
			values[refused++] = values[i];
	return refused;
}

/* Options depend on each other: the kernel takes them in some order. Returns how
 * many it refused; they come first. */
static size_t send_in_turn(const struct change *change,
			   struct option_value *values, size_t count)
{
	size_t before;

	do {
		before = count;
		count = send_each(change, values, count);
	} while (count > 0 && count < before);
	return count;
}

/* In most cases the kernel accepts all at once. Returns how many it refused. */
static size_t set_back(const struct change *change, struct option_value *values)
{
	size_t count = change->old_count;

	if (count == 0 || send_options(change, values, count) == 0)
		return 0;
	return send_in_turn(change, values, count);
}

/* An option that could not be set back may not have changed. */
static size_t keep_changed(struct change *change, struct option_value *values,
			   size_t count)
{
	struct attr_span now;
	size_t changed = 0;

	if (count == 0 || look(change, &now) < 0)
		return count;
	for (size_t i = 0; i < count; i++) {
		uint64_t value = 0;

		option_get(now, values[i].option, &value);
		if (value != values[i].value)
			values[changed++] = values[i];
	}
	return changed;
}

static void append_changed(struct vbr_ctx *ctx, const struct vbr_option *option)
{
	context_append(ctx, _("; %s may have been changed"), option->name);
}

/* The driver's options cannot be read, so they stay as they are. */
static void name_drivers(const struct change *change)
{
	if (change->shared && !change->shared_is_done)
		return;
	for (size_t i = change->shared; i < change->count; i++)
		append_changed(change->ctx, change->values[i].option);
}

static void undo(struct change *change)
{
	struct vbr_ctx *ctx = change->ctx;
	struct failure refusal = ctx->failure;
	struct option_value left[OLD_MAX];
	size_t count;

	memcpy(left, change->old, change->old_count * sizeof(left[0]));
	count = set_back(change, left);
	count = keep_changed(change, left, count);
	context_restore(ctx, &refusal);
	for (size_t i = 0; i < count; i++)
		append_changed(ctx, left[i].option);
	if (refusal.lost_at)
		name_drivers(change);
}

/* Whether some options may be set, and others not. Without CAP_NET_ADMIN,
 * nothing was changed. */
static bool is_half_done(const struct change *change, int error)
{
	return change->count > 1 &&
	       (change->shared_is_done || change->was_in_turn ||
		(error != -EPERM && context_may_be_done(change->ctx)));
}

static bool is_sparse(const struct option_value *value)
{
	return value->option->access & OPTION_SPARSE && value->value;
}

/* The kernel sends some options only while they are set. So whether it knows
 * them can only be checked afterwards. */
static int check_sparse(struct change *change)
{
	struct attr_span now;
	size_t first = 0;
	uint64_t value;
	int rc;

	while (first < change->count && !is_sparse(&change->values[first]))
		first++;
	if (first == change->count)
		return 0;
	rc = look(change, &now);
	/* Several options are set back. */
	if (rc < 0 && change->count == 1)
		append_changed(change->ctx, change->values[0].option);
	for (size_t i = first; rc == 0 && i < change->count; i++)
		if (is_sparse(&change->values[i]) &&
		    option_get(now, change->values[i].option, &value) ==
			    -ENODATA)
			rc = set_refuse_unknown(change->ctx,
						change->values[i].option);
	return rc;
}

/* --- which option was refused --------------------------------------------- */

static bool is_unchanged(const struct change *change,
			 const struct option_value *value)
{
	for (size_t i = 0; i < change->old_count; i++)
		if (change->old[i].option == value->option)
			return change->old[i].value == value->value;
	return false;
}

/* Whether the error names the option already: one value is out of range. */
static bool is_named(const struct change *change, int error)
{
	size_t out = 0;

	for (size_t i = 0; i < change->count; i++)
		out += !option_is_in_range(change->values[i].option,
					   change->values[i].value);
	return out == 1 && (error == -ERANGE || error == -EINVAL);
}

static int explain(const struct change *change, int error,
		   const struct vbr_option *option)
{
	if (error == -EOPNOTSUPP && change->target->scope == VBR_SCOPE_BRIDGE)
		return explain_unsupported(change, option);
	return error;
}

/* The error is the same as if the option were set alone. */
static int send_one(const struct change *change,
		    const struct option_value *value)
{
	const struct target *target = change->target;
	struct vbr_ctx *ctx = change->ctx;
	struct operation operation = ctx->operation;
	int rc;

	if (target->scope == VBR_SCOPE_PORT)
		context_begin(
			ctx,
			N_("cannot set %s of port \"%s\" of bridge \"%s\""),
			value->option->name, target->name, target->bridge);
	else
		context_begin(ctx, N_("cannot set %s of bridge \"%s\""),
			      value->option->name, target->name);
	rc = explain(change, send_options(change, value, 1), value->option);
	ctx->operation = operation;
	return rc;
}

/* Those that can be set back come first, and their number is returned. */
static size_t put_restorable_first(struct option_value *values, size_t count)
{
	size_t first = 0;

	for (size_t i = 0; i < count; i++) {
		struct option_value value = values[i];

		if (!(value.option->access & OPTION_READ))
			continue;
		values[i] = values[first];
		values[first++] = value;
	}
	return first;
}

/* An option that has the value already need not be accepted: the kernel may
 * have been built without it, or may not allow to set it now. */
static int set_in_turn(const struct change *change)
{
	struct option_value left[SET_MAX];
	size_t first, refused;
	int rc = 0;

	memcpy(left, change->values, change->count * sizeof(left[0]));
	first = put_restorable_first(left, change->count);
	refused = send_in_turn(change, left, first);
	for (size_t i = 0; i < refused && rc == 0; i++)
		if (!is_unchanged(change, &left[i]))
			rc = send_one(change, &left[i]);
	for (size_t i = first; i < change->count && rc == 0; i++)
		rc = send_one(change, &left[i]);
	return rc;
}

/* If a request of the search cannot be sent or answered, the kernel's refusal
 * is still the error. A lost answer is reported instead, because it leaves
 * the state of an option unknown. */
static int search(struct change *change, int error)
{
	struct vbr_ctx *ctx = change->ctx;
	struct failure refusal = ctx->failure;
	int rc;

	change->was_in_turn = true;
	rc = set_in_turn(change);
	if (rc == 0 || context_may_be_done(ctx))
		return rc;
	ctx->failure = refusal;
	return error;
}

/* Returns 0 if all options are set nevertheless. */
static int find_refused(struct change *change, int error)
{
	/* Without CAP_NET_ADMIN, all are refused. */
	if (error == -EPERM || is_named(change, error))
		return error;
	if (change->count > 1)
		return search(change, error);
	return is_unchanged(change, change->values)
		       ? 0
		       : explain(change, error, change->values[0].option);
}

int set_options(struct vbr_ctx *ctx, const struct target *target,
		const struct vbr_setting *settings, size_t count)
{
	struct change change;
	struct attr_span now;
	int rc;

	change.ctx = ctx;
	change.target = target;
	change.count = count;
	change.old_count = 0;
	change.shared_is_done = false;
	change.was_in_turn = false;
	rc = set_resolve(ctx, target->scope, settings, count, change.values);
	if (rc == 0)
		put_drivers_last(&change);
	if (rc == 0 && needs_look(&change)) {
		rc = look(&change, &now);
		if (rc == 0)
			rc = remember(&change, now);
	}
	if (rc)
		return rc;
	rc = send_all(&change);
	/* Without the kernel's verdict, no option was refused. */
	if (rc < 0 && ctx->failure.kernel_errno)
		rc = find_refused(&change, rc);
	if (ctx->is_dry)
		return rc < 0 ? rc : set_dry_run(ctx, change.values, count);
	if (rc == 0)
		rc = check_sparse(&change);
	if (rc < 0 && is_half_done(&change, rc))
		undo(&change);
	return rc;
}
