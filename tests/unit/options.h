/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The kernel's options once more, told from the kernel's own files
 * (br_fill_info(), br_port_fill_attrs(), vlan_fill_info(), br_vlan_opts_fill(),
 * br_vlan_global_opts_fill()): what the library's table has to agree with, row
 * by row. */

#ifndef UNIT_OPTIONS_H
#define UNIT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/option.h"

enum form {
	NATIVE, /* a number in the machine's byte order */
	BIG,	/* ... in the network's */
	BIT,	/* of two u32: the values, and their mask */
	FLAG,	/* nothing */
	MAP,	/* a nest of pairs */
};

struct known_option {
	enum vbr_scope scope;
	const char *name;
	uint16_t nest, attr;
	uint8_t width;
	enum form form;
	bool settable;
	uint8_t bit;
};

extern const struct known_option known_options[];
extern const size_t known_count;

/* Of this table; the test fails where there is none. */
const struct known_option *known_find(enum vbr_scope scope, const char *name);

/* The library's row; the test fails where there is none. */
const struct vbr_option *known_row(const struct known_option *known);

/* What its bytes can hold. */
uint64_t known_max(const struct known_option *known);

#endif
