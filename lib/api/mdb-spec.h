/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The words of a change of multicast groups. */

#ifndef VBR_API_MDB_SPEC_H
#define VBR_API_MDB_SPEC_H

#include <stdbool.h>

#include "core/link.h"
#include "wire/mdb-request.h"

struct mdb_spec {
	struct address group, source;
	struct mdb_change change;
	struct link_info bridge; /* only set without a VLAN or in a dry run */
	bool in_all;		 /* for all VLANs of the member */
};

int mdb_spec_begin(struct vbr_ctx *ctx, const char *bridge, const char *device,
		   const char *group, const char *source, unsigned int vlan,
		   struct mdb_spec *spec);

#endif
