/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options by name: what there is, and their values from and to text. */

#include "config.h"

#include "core/option.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/name.h"
#include "base/num.h"
#include "core/context.h"
#include "core/ioctl.h"

const struct vbr_option *vbr_option_at(enum vbr_scope scope, size_t i)
{
	const struct option_table *table;

	if ((unsigned int)scope >= SCOPES)
		return NULL;
	table = option_table(scope);
	return i < table->count ? &table->rows[i] : NULL;
}

const struct vbr_option *vbr_option_find(enum vbr_scope scope, const char *name)
{
	if ((unsigned int)scope >= SCOPES)
		return NULL;
	return option_find(scope, name);
}

const char *vbr_option_name(const struct vbr_option *option)
{
	return option->name;
}

const char *vbr_option_alias(const struct vbr_option *option)
{
	return option->alias[0] ? option->alias : NULL;
}

enum vbr_option_type vbr_option_type(const struct vbr_option *option)
{
	return (enum vbr_option_type)option->type;
}

const char *vbr_option_words(const struct vbr_option *option)
{
	return option->words[0] ? option->words : NULL;
}

bool vbr_option_is_readable(const struct vbr_option *option)
{
	return option->access & OPTION_READ;
}

bool vbr_option_is_settable(const struct vbr_option *option)
{
	return option->access & OPTION_WRITE;
}

uint64_t vbr_option_min(const struct vbr_option *option)
{
	return option->min;
}

uint64_t vbr_option_max(const struct vbr_option *option)
{
	return option->max;
}

const char *vbr_option_since(const struct vbr_option *option)
{
	return option->since;
}

const char *vbr_option_help(const struct vbr_option *option)
{
	return option->help;
}

static int parse_device(struct vbr_ctx *ctx, const char *text,
			uint64_t *ret_value)
{
	int index = 0, rc = 0;

	if (*text)
		rc = ioctl_index(ctx, text, &index);
	if (rc == 0)
		*ret_value = (uint64_t)index;
	return rc;
}

static const char *what_is_wanted(const struct vbr_option *option)
{
	switch (option->type) {
	case VBR_OPTION_BOOL:
		return _("it takes on or off");
	case VBR_OPTION_ACTION:
		return _("it takes on, and is done then");
	case VBR_OPTION_TICKS:
		return _("it takes seconds");
	case VBR_OPTION_MAC:
		return _("it takes a MAC address");
	case VBR_OPTION_PROTOCOL:
		return _("it takes 802.1Q or 802.1ad");
	case VBR_OPTION_ENUM:
		return _("it takes one of the words: %s");
	case VBR_OPTION_BRIDGE_ID:
	case VBR_OPTION_IP:
	case VBR_OPTION_MAP:
		return _("it can only be read");
	default:
		return _("it takes a whole number");
	}
}

static int refuse_text(struct vbr_ctx *ctx, const struct vbr_option *option,
		       int error)
{
	if (error == -EINVAL)
		return context_fail_word(ctx, error, what_is_wanted(option),
					 option->words);
	context_fail(ctx, error, NULL);
	if (error == -ERANGE)
		option_append_range(ctx, option);
	return error;
}

int vbr_option_parse(struct vbr_ctx *ctx, const struct vbr_option *option,
		     const char *text, uint64_t *ret_value)
{
	int rc;

	context_begin(ctx, N_("\"%s\" is no value of %s"), text, option->name);
	if (option->type == VBR_OPTION_DEVICE)
		return parse_device(ctx, text, ret_value);
	rc = option_parse(option, text, ret_value);
	return rc < 0 ? refuse_text(ctx, option, rc) : 0;
}

int vbr_option_parse_truncated(struct vbr_ctx *ctx,
			       const struct vbr_option *option,
			       const char *text, uint64_t *ret_value)
{
	int rc;

	if (option->type != VBR_OPTION_TICKS)
		return vbr_option_parse(ctx, option, text, ret_value);
	context_begin(ctx, N_("\"%s\" is no value of %s"), text, option->name);
	rc = num_parse_ticks_truncated(text, option_wire_max(option),
				       ret_value);
	return rc < 0 ? refuse_text(ctx, option, rc) : 0;
}

/* "" where the device is gone, which is no error. */
static void name_device(struct vbr_ctx *ctx, uint64_t index,
			char ret_name[NAME_SIZE])
{
	struct failure before = ctx->failure;

	if (vbr_link_name(ctx, (int)index, ret_name) < 0)
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

int vbr_option_format(struct vbr_ctx *ctx, const struct vbr_option *option,
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
			      : vbr_option_format(ctx, option, value, ret_text,
						  size);
	}
	rc = option_text(options, option, ret_text, size);
	if (rc < 0)
		return rc;
	return (size_t)rc < size ? 0 : -ENOSPC;
}

void option_append_range(struct vbr_ctx *ctx, const struct vbr_option *option)
{
	char min[VBR_OPTION_TEXT_SIZE], max[VBR_OPTION_TEXT_SIZE];

	option_format(option, option->min, min, sizeof(min));
	option_format(option, option->max, max, sizeof(max));
	if (option->type == VBR_OPTION_TICKS)
		/* Translators: from so many seconds to so many. */
		context_append(ctx, _("; %s goes from %s to %s s"),
			       option->name, min, max);
	else if (option->type == VBR_OPTION_MASK)
		/* Translators: an option, and a mask: 0xfff8. */
		context_append(ctx, _("; %s has no bits but %s"), option->name,
			       max);
	else
		context_append(ctx, _("; %s goes from %s to %s"), option->name,
			       min, max);
}
