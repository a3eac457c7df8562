/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where the options of each scope are tried, and by whom: by us, or by them,
 * which is libnl. */

#ifndef ORACLE_SCOPES_H
#define ORACLE_SCOPES_H

#include "oracle/oracle.h"

/* br1 has no ports; br0 has a and b, of which a is tried, VLAN 5 of a, and VLAN
 * 5 of br0; v is a VLAN device. */
void make_devices(struct oracle *o, enum vbr_scope scope);
void delete_devices(struct oracle *o, enum vbr_scope scope);

/* Whether this kernel has such things; then nothing is left of them. */
bool has_scope(struct oracle *o, enum vbr_scope scope);

int our_set(struct oracle *o, enum vbr_scope scope, const char *option,
	    uint64_t value);
int our_get(struct oracle *o, const struct known_option *known,
	    uint64_t *ret_value);

/* Whether they see it, and what it is. */
bool their_get(struct oracle *o, const struct known_option *known,
	       uint64_t *ret_value);
void their_set(struct oracle *o, const struct known_option *known,
	       uint64_t value);

#endif
