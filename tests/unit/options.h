/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The kernel's options once more, told from the kernel's own files
 * (br_fill_info(), br_port_fill_attrs(),
 * vlan_fill_info()): what the library's table has to
 * agree with, row by row. */

#ifndef UNIT_OPTIONS_H
#define UNIT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/option.h"

struct known_option {
	enum option_scope scope;
	const char *name;
	uint16_t attr;
	uint8_t width;
	bool big_endian;
	bool writable;
};

extern const struct known_option known_options[];
extern const size_t known_count;

#endif
