/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists the options, and converts their values from and to text. */

#include "config.h"

#include "api/option.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/name.h"
#include "base/num.h"
#include "core/context.h"
#include "core/ioctl.h"
#include "core/option-value.h"
#include "wire/option-text.h"

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

bool vbr_option_reads_back(const struct vbr_option *option)
{
	return (option->access &
		(OPTION_READ | OPTION_WRITE | OPTION_READS_OTHER)) ==
	       (OPTION_READ | OPTION_WRITE);
}

uint64_t vbr_option_min(const struct vbr_option *option)
{
	return option->min;
}

uint64_t vbr_option_max(const struct vbr_option *option)
{
	return option->max;
}

bool vbr_option_initial(const struct vbr_option *option, uint64_t *ret_value)
{
	if (!(option->access & OPTION_READ) || option->initial == VARIES)
		return false;
	*ret_value = option->initial;
	return true;
}

const char *vbr_option_also(const struct vbr_option *option)
{
	return option->also[0] ? option->also : NULL;
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
		return _("it takes only on, which starts the action");
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
		return option->words[0]
			       ? _("it takes a whole number, or one of the "
				   "words: %s")
			       : _("it takes a whole number");
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
		option_value_append_range(ctx, option);
	return error;
}

int vbr_option_parse(struct vbr_ctx *ctx, const struct vbr_option *option,
		     const char *text, uint64_t *ret_value)
{
	int rc;

	context_begin(ctx, N_("\"%s\" is not a value of %s"), text,
		      option->name);
	if (option->type == VBR_OPTION_DEVICE)
		return parse_device(ctx, text, ret_value);
	rc = option_parse(option, text, ret_value);
	return rc < 0 ? refuse_text(ctx, option, rc) : 0;
}

int option_parse_named(struct vbr_ctx *ctx, enum vbr_scope scope,
		       const char *option, const char *text,
		       uint64_t *ret_value)
{
	const struct vbr_option *known = vbr_option_find(scope, option);

	*ret_value = 0;
	return known ? vbr_option_parse(ctx, known, text, ret_value) : 0;
}

int vbr_option_parse_truncated(struct vbr_ctx *ctx,
			       const struct vbr_option *option,
			       const char *text, uint64_t *ret_value)
{
	int rc;

	if (option->type != VBR_OPTION_TICKS)
		return vbr_option_parse(ctx, option, text, ret_value);
	context_begin(ctx, N_("\"%s\" is not a value of %s"), text,
		      option->name);
	rc = num_parse_ticks_truncated(text, option_wire_max(option),
				       ret_value);
	return rc < 0 ? refuse_text(ctx, option, rc) : 0;
}

int vbr_option_format(struct vbr_ctx *ctx, const struct vbr_option *option,
		      uint64_t value, char *ret_text, size_t size)
{
	return option_value_format(ctx, option, value, ret_text, size);
}
