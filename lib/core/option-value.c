/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds options by name in the kernel's attributes: as number or text. */

#include "config.h"

#include "core/option-value.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/name.h"
#include "core/context.h"
#include "core/link-name.h"
#include "wire/option-text.h"

/* "" if the device is gone, which is not an error. */
static void name_device(struct vbr_ctx *ctx, uint64_t index,
			char ret_name[NAME_SIZE])
{
	struct failure before = ctx->failure;

	if (link_name(ctx, (int)index, ret_name) < 0)
		ret_name[0] = '\0';
	ctx->failure = before;
}

static size_t format_device(struct vbr_ctx *ctx, uint64_t index, char *ret_text,
			    size_t size)
{
	char name[NAME_SIZE] = "";

	if (index)
		name_device(ctx, index, name);
	if (index && !name[0])
		return (size_t)snprintf(ret_text, size, "if%" PRIu64, index);
	return (size_t)snprintf(ret_text, size, "%s", name);
}

int option_value_format(struct vbr_ctx *ctx, const struct vbr_option *option,
			uint64_t value, char *ret_text, size_t size)
{
	size_t wanted;

	if (option->type == VBR_OPTION_DEVICE)
		wanted = format_device(ctx, value, ret_text, size);
	else
		wanted = option_format(option, value, ret_text, size);
	return wanted < size ? 0 : -ENOSPC;
}

int option_value(struct attr_span options, enum vbr_scope scope,
		 const char *name, uint64_t *ret_value)
{
	const struct vbr_option *option = option_find(scope, name);

	return option ? option_get(options, option, ret_value) : -ENOENT;
}

int option_value_text(struct vbr_ctx *ctx, struct attr_span options,
		      enum vbr_scope scope, const char *name, char *ret_text,
		      size_t size)
{
	const struct vbr_option *option = option_find(scope, name);
	uint64_t value;
	int rc;

	if (!option)
		return -ENOENT;
	if (option->type == VBR_OPTION_DEVICE) {
		rc = option_get(options, option, &value);
		return rc < 0 ? rc
			      : option_value_format(ctx, option, value,
						    ret_text, size);
	}
	rc = option_text(options, option, ret_text, size);
	if (rc < 0)
		return rc;
	return (size_t)rc < size ? 0 : -ENOSPC;
}

void option_value_append_range(struct vbr_ctx *ctx,
			       const struct vbr_option *option)
{
	char min[VBR_OPTION_TEXT_SIZE], max[VBR_OPTION_TEXT_SIZE];

	option_format(option, option->min, min, sizeof(min));
	option_format(option, option->max, max, sizeof(max));
	if (option->type == VBR_OPTION_TICKS)
		/* Translators: from so many seconds to so many. */
		context_append(ctx, _("; %s ranges from %s to %s s"),
			       option->name, min, max);
	else if (option->type == VBR_OPTION_MASK)
		/* Translators: an option, and a mask: 0xfff8. */
		context_append(ctx, _("; valid bits of %s: %s"), option->name,
			       max);
	else
		context_append(ctx, _("; %s ranges from %s to %s"),
			       option->name, min, max);
}
