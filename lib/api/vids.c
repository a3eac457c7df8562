/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets of VLAN ids, as callers use them. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/vids.h"
#include "core/context.h"

int vbr_vids_new(struct vbr_vids **ret_vids)
{
	struct vbr_vids *vids = calloc(1, sizeof(*vids));

	if (!vids)
		return -ENOMEM;
	*ret_vids = vids;
	return 0;
}

int vbr_vids_add(struct vbr_vids *vids, unsigned int first, unsigned int last)
{
	if (first > last)
		return -EINVAL;
	if (last > VID_MAX)
		return -ERANGE;
	for (; first <= last; first++)
		vids_add(vids, first);
	return 0;
}

int vbr_vids_parse(const char *text, struct vbr_vids **ret_vids)
{
	struct vbr_vids vids;
	struct vids_fault fault;
	int rc = vids_parse(text, &vids, &fault);

	if (rc == 0)
		rc = vbr_vids_new(ret_vids);
	if (rc == 0)
		**ret_vids = vids;
	return rc;
}

static void explain(struct vbr_ctx *ctx, const char *text,
		    const struct vids_fault *fault)
{
	context_begin(ctx,
		      N_("\"%s\" is not a VLAN id, and no set of ids like "
			 "10,20-29"),
		      text);
	switch (fault->kind) {
	case VIDS_UNEXPECTED:
		if (*fault->at)
			context_fail_word(ctx, -EINVAL,
					  _("\"%s\" is not expected"),
					  fault->at);
		else
			context_fail(ctx, -EINVAL,
				     _("a number is missing at the end"));
		break;
	case VIDS_DESCENDING:
		context_fail_why(ctx, -EINVAL, _("%.*s goes downwards"),
				 fault->len, fault->at);
		break;
	case VIDS_TWICE:
		context_fail_why(ctx, -EINVAL, _("%u is given twice"),
				 fault->vid);
		break;
	case VIDS_TOO_LARGE:
		context_begin(ctx, N_("\"%s\" is out of range"), text);
		context_fail(ctx, -ERANGE, _("VLAN ids range from 0 to 4094"));
		break;
	}
}

/* The context only holds the sentence; it is never connected. */
size_t vbr_vids_parse_error(const char *text, int error, char *ret_text,
			    size_t size)
{
	struct vbr_ctx ctx = { 0 };
	struct vids_fault fault;
	struct vbr_vids vids;

	if (error != -ENOMEM && vids_parse(text, &vids, &fault) < 0) {
		explain(&ctx, text, &fault);
	} else {
		context_begin(&ctx, N_("cannot read the VLAN ids \"%s\""),
			      text);
		context_fail(&ctx, error, NULL);
	}
	return context_copy_error(&ctx, ret_text, size);
}

int vbr_vids_next(const struct vbr_vids *vids, int after)
{
	return vids_next(vids, after);
}

void vbr_vids_free(struct vbr_vids *vids)
{
	free(vids);
}
