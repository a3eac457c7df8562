/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the drawing says about an item, in words that no writer changes. */

#ifndef VBR_BRCTL_TREE_WORDS_H
#define VBR_BRCTL_TREE_WORDS_H

#include <stdio.h>

#include "tree-layout.h"

enum tree_tone { TREE_PLAIN, TREE_GOOD, TREE_ODD, TREE_BAD };

#define TREE_NAME_SIZE 256
#define TREE_KIND_SIZE 64

/* A name that is safe to show. */
void tree_name(const struct tree_item *item, char ret_name[TREE_NAME_SIZE]);

/* Such as "NIC", "VLAN 5" or "namespace". */
void tree_kind(const struct tree_item *item, char ret_kind[TREE_KIND_SIZE]);

/* Such as "up" or "forwarding"; "": it has none. */
const char *tree_state(const struct tree_item *item, enum tree_tone *ret_tone);

/* Everything else, a line each: VLANs, addresses, where it belongs to. */
void tree_print_facts(FILE *stream, const struct tree *tree,
		      const struct tree_item *item);

/*
 * Whether this is the place for facts that are shown once: the device starts
 * the drawing, or is below the bridge or bond that it belongs to, or belongs to
 * none.
 */
bool tree_is_home(const struct tree *tree, const struct tree_item *item);

/* Such as "warning: port-down". */
void tree_print_finding(FILE *stream, const struct vbr_finding *finding);

/* The state of the spanning tree; NULL: it is not a port, or the kernel does not say
 * it. */
const char *tree_port_state(const struct tree_device *device);

/* Whether VLANs count on the bridge, or on the bridge of the port. */
bool tree_filters_vlans(const struct tree *tree,
			const struct tree_device *device);

#endif
