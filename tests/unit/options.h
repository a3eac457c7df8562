/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options of the kernel once more, from its own sources (br_fill_info(),
 * br_port_fill_attrs(), vlan_fill_info(), br_vlan_opts_fill(),
 * br_vlan_global_opts_fill()). The table of the library is compared with them,
 * row by row. */

#ifndef UNIT_OPTIONS_H
#define UNIT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/option.h"

enum form {
	NATIVE, /* a number in host byte order */
	BIG,	/* a number in network byte order */
	BIT,	/* two u32: values and mask */
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

/* The known option; the test fails if there is none. */
const struct known_option *known_find(enum vbr_scope scope, const char *name);

/* The row of the library; the test fails if there is none. */
const struct vbr_option *known_row(const struct known_option *known);

/* The largest value of its size. */
uint64_t known_max(const struct known_option *known);

#endif
