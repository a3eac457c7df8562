/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets options of VLANs of ports and bridges. */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/vids.h"
#include "filter-change.h"
#include "set.h"
#include "wire/request.h"

struct options {
	enum option_scope scope;
	size_t count;
	struct option_value values[SET_MAX];
	int rc;
	size_t bad;
};

static bool build_options(struct nlmsghdr *msg, size_t size,
			  const struct filter_change *change, void *data)
{
	struct options *options = data;

	options->rc = filter_put_options(msg, size, options->scope, change,
					 options->values, options->count,
					 &options->bad);
	return options->rc != -EMSGSIZE;
}

static int send_options(struct vbr_ctx *ctx,
			const struct filter_change *change,
			struct options *options)
{
	struct request req;

	/* What cannot be put is found before anything is sent. */
	build_options(&req.head, sizeof(req.bytes), change, options);
	if (options->rc < 0 && options->rc != -EMSGSIZE)
		return set_refuse(ctx, options->rc,
				  &options->values[options->bad]);
	return set_explain(ctx, work_send(ctx, change, build_options, options),
			   options->values, options->count);
}

/* A row's VLANs that were changed get what they had. */
static int set_again(const struct work *work, const struct options *options,
		     const struct vbr_filter *before)
{
	struct filter_change change = work->change;
	struct options old = *options;
	struct vbr_vids vids;

	if (work_part(work, before, &vids) < 0)
		return 0;
	for (size_t i = 0; i < old.count; i++)
		option_get(before->options, old.values[i].option,
			   &old.values[i].value);
	change.vids = &vids;
	return send_options(work->ctx, &change, &old);
}

static int undo_options(const struct work *work,
			const struct options *options, int error)
{
	struct failure refusal = work->ctx->failure;
	int rc = 0;

	for (size_t i = 0; i < work->before.count; i++) {
		int again = set_again(work, options, &work->before.rows[i]);

		rc = rc < 0 ? rc : again;
	}
	return work_undone(work, &refusal, error, rc);
}

static int check_known(const struct work *work, const struct options *options)
{
	uint64_t value;

	for (size_t i = 0; i < options->count; i++)
		if (option_get(work->before.rows[0].options,
			       options->values[i].option, &value) == -ENODATA)
			return set_refuse_unknown(work->ctx,
						  options->values[i].option);
	return 0;
}

static int set(struct vbr_ctx *ctx, const char *bridge, const char *device,
	       const struct vbr_vids *vids, enum option_scope scope,
	       const struct vbr_setting *settings, size_t count)
{
	struct options options = { .scope = scope, .count = count };
	struct work work;
	int rc;

	rc = set_resolve(ctx, scope, settings, count, options.values);
	if (rc == 0)
		rc = work_begin(&work, ctx, bridge, device, vids);
	if (rc == 0)
		rc = work_read(&work, scope);
	if (rc < 0)
		return rc;
	rc = check_known(&work, &options);
	if (rc == 0) {
		rc = send_options(ctx, &work.change, &options);
		if (rc < 0 && ctx->failure.kernel_errno &&
		    (count > 1 || work_is_several(&work)))
			rc = undo_options(&work, &options, rc);
	}
	filter_list_clear(&work.before);
	return rc;
}

int vbr_filter_set_all(struct vbr_ctx *ctx, const char *bridge,
		       const char *device, const struct vbr_vids *vids,
		       const struct vbr_setting *settings, size_t count)
{
	context_ask(ctx, N_("cannot set options of VLANs of \"%s\" of bridge "
			    "\"%s\""), device, bridge);
	return set(ctx, bridge, device, vids, SCOPE_PORT_VLAN, settings,
		   count);
}

int vbr_filter_set_bridge_all(struct vbr_ctx *ctx, const char *bridge,
			      const struct vbr_vids *vids,
			      const struct vbr_setting *settings,
			      size_t count)
{
	context_ask(ctx, N_("cannot set options of VLANs of bridge \"%s\""),
		    bridge);
	return set(ctx, bridge, bridge, vids, SCOPE_BRIDGE_VLAN, settings,
		   count);
}
