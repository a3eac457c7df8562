/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets of VLAN ids, as callers use them. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/vids.h"
#include "vbridge.h"

int vbr_vids_new(struct vbr_vids **ret_vids)
{
	struct vbr_vids *vids = calloc(1, sizeof(*vids));

	if (!vids)
		return -ENOMEM;
	*ret_vids = vids;
	return 0;
}

int vbr_vids_add(struct vbr_vids *vids, unsigned int first, unsigned int last)
{
	if (first > last)
		return -EINVAL;
	if (last > VID_MAX)
		return -ERANGE;
	for (; first <= last; first++)
		vids_add(vids, first);
	return 0;
}

int vbr_vids_parse(const char *text, struct vbr_vids **ret_vids)
{
	struct vbr_vids vids;
	int rc = vids_parse(text, &vids);

	if (rc == 0)
		rc = vbr_vids_new(ret_vids);
	if (rc == 0)
		**ret_vids = vids;
	return rc;
}

int vbr_vids_next(const struct vbr_vids *vids, int after)
{
	return vids_next(vids, after);
}

void vbr_vids_free(struct vbr_vids *vids)
{
	free(vids);
}
