/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes random configurations of bridges. */

#ifndef ORACLE_RANDOM_CONFIG_H
#define ORACLE_RANDOM_CONFIG_H

#include "oracle/oracle.h"

struct random_config {
	struct oracle *o;
	uint64_t random;
	bool has_vlans, has_filtering; /* of this kernel */
	unsigned int bridges;	       /* br0 and so on */
	char free[16][VBR_NAME_SIZE];  /* devices that can be ports */
	unsigned int free_count;
	char ports[16][VBR_NAME_SIZE]; /* of the present bridge */
	unsigned int port_count;
};

/* A new network namespace with the devices that configurations use: they are the
 * same in each. oracle_teardown() */
struct oracle *random_namespace(void);

/*
 * The same seed gives the same configuration. Things that this kernel does not
 * have, or refuses, are left out.
 */
void random_configure(struct oracle *o, uint64_t seed);

#endif
