/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options as text. */

#ifndef VBR_WIRE_OPTION_TEXT_H
#define VBR_WIRE_OPTION_TEXT_H

#include "wire/option.h"

/* For every type but VBR_OPTION_DEVICE, which takes a namespace to name. */
int option_parse(const struct vbr_option *option, const char *text,
		 uint64_t *ret_value);
size_t option_format(const struct vbr_option *option, uint64_t value,
		     char *ret_text, size_t size);
/* An option's text as it came over the wire; what no number holds, too. */
int option_text(struct attr_span attrs, const struct vbr_option *option,
		char *ret_text, size_t size);

#endif
