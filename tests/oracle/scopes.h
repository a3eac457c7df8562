/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where the options of each scope are tried. "our": with libvbridge; "their":
 * with libnl. */

#ifndef ORACLE_SCOPES_H
#define ORACLE_SCOPES_H

#include "oracle/oracle.h"

/* br1 has no ports. br0 has the ports a and b. Options are tried on a, on VLAN
 * 5 of a, on VLAN 5 of br0, and on v, a VLAN device. */
void make_devices(struct oracle *o, enum vbr_scope scope);
void delete_devices(struct oracle *o, enum vbr_scope scope);

/* Whether this kernel supports the scope. The devices are deleted again. */
bool has_scope(struct oracle *o, enum vbr_scope scope);

int our_set(struct oracle *o, enum vbr_scope scope, const char *option,
	    uint64_t value);
int our_get(struct oracle *o, const struct known_option *known,
	    uint64_t *ret_value);

/* Returns whether libnl finds the option, and its value. */
bool their_get(struct oracle *o, const struct known_option *known,
	       uint64_t *ret_value);
void their_set(struct oracle *o, const struct known_option *known,
	       uint64_t value);

#endif
