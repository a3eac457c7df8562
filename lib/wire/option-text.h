/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options as text. */

#ifndef VBR_WIRE_OPTION_TEXT_H
#define VBR_WIRE_OPTION_TEXT_H

#include "wire/option.h"

/* For all types but VBR_OPTION_DEVICE: names of devices need a namespace. */
int option_parse(const struct vbr_option *option, const char *text,
		 uint64_t *ret_value);
size_t option_format(const struct vbr_option *option, uint64_t value,
		     char *ret_text, size_t size);
/* The text of an option that the kernel sent, even if it is not a number. */
int option_text(struct attr_span attrs, const struct vbr_option *option,
		char *ret_text, size_t size);

#endif
