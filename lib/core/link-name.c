/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Checks new names, and names links by their index. Apart from link.c, because
 * ioctls look up long names there. */

#include "config.h"

#include "core/link-name.h"

#include <errno.h>
#include <string.h>

#include "core/context.h"
#include "core/ioctl.h"

const char *link_name_rule(void)
{
	return _("a device name is not empty, \".\" or \"..\", and has no "
		 "blanks and none of \"/\", \":\" and \"%\"");
}

int link_check_new_name(struct vbr_ctx *ctx, const char *name)
{
	int rc = name_check_new(name);

	switch (rc) {
	case 0:
		return 0;
	case -ENAMETOOLONG:
		/* Translators: the first number is always 15. */
		return context_fail_why(ctx, rc,
					_("a device name has at "
					  "most %d bytes, this one has %zu"),
					NAME_SIZE - 1, strlen(name));
	case -EILSEQ:
		return context_fail(
			ctx, rc,
			_("a device name must not contain control characters"));
	default:
		return context_fail(ctx, rc,
				    name_is_reserved(name)
					    ? _("the kernel reserves the names "
						"\"all\" and \"default\"")
					    : link_name_rule());
	}
}

int link_name(struct vbr_ctx *ctx, int index, char ret_name[NAME_SIZE])
{
	/* In a callback or after an error, the sentence must still name the
	 * outer operation. */
	struct operation operation = ctx->operation;
	int rc;

	context_begin(ctx, N_("cannot name the device of an index"));
	rc = ioctl_name(ctx, index, ret_name);
	ctx->operation = operation;
	return rc;
}
