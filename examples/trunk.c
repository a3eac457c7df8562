/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* trunk BRIDGE TRUNK PORT=VID...: turns on VLAN filtering. Frames of each VLAN
 * VID are untagged on the access port PORT and tagged on the port TRUNK. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vbridge.h>

/* The kernel makes a new port a member of VLAN 1. */
static int leave_first(struct vbr_ctx *ctx, const char *bridge,
		       const char *port)
{
	struct vbr_vids *first;
	int rc = vbr_vids_parse("1", &first);

	if (rc < 0)
		return rc;
	rc = vbr_port_vlan_del_many(ctx, bridge, &port, 1, first, true);
	vbr_vids_free(first);
	return rc;
}

static int make_access(struct vbr_ctx *ctx, const char *bridge,
		       const char *port, unsigned int vid)
{
	struct vbr_vids *vids;
	int rc = vbr_vids_new(&vids);

	if (rc < 0)
		return rc;
	if ((rc = vbr_vids_add(vids, vid, vid)) == 0)
		rc = leave_first(ctx, bridge, port);
	if (rc == 0)
		rc = vbr_port_vlan_add(ctx, bridge, port, vids,
				       VBR_PORT_VLAN_PVID |
					       VBR_PORT_VLAN_UNTAGGED);
	vbr_vids_free(vids);
	return rc;
}

/* Reads "PORT=VID": configures the access port, and adds VID to the set. */
static int take_port(struct vbr_ctx *ctx, const char *bridge, char *word,
		     struct vbr_vids *trunk)
{
	char *equals = strchr(word, '=');
	unsigned long vid = equals ? strtoul(equals + 1, NULL, 10) : 0;
	int rc;

	if (!equals || vid > 4094)
		return fprintf(stderr, "trunk: %s?\n", word), -1;
	*equals = '\0';
	if ((rc = make_access(ctx, bridge, word, (unsigned int)vid)) < 0)
		return rc;
	return vbr_vids_add(trunk, (unsigned int)vid, (unsigned int)vid);
}

int main(int argc, char **argv)
{
	struct vbr_ctx *ctx;
	struct vbr_vids *vids;
	int rc;

	if (argc < 4 || vbr_vids_new(&vids) < 0 || vbr_ctx_new(NULL, &ctx) < 0)
		return 1;
	rc = leave_first(ctx, argv[1], argv[2]);
	for (int i = 3; rc == 0 && i < argc; i++)
		rc = take_port(ctx, argv[1], argv[i], vids);
	if (rc == 0)
		rc = vbr_port_vlan_add(ctx, argv[1], argv[2], vids, 0);
	if (rc == 0)
		rc = vbr_bridge_set(ctx, argv[1], "vlan_filtering", 1);
	if (rc < 0 && *vbr_ctx_error(ctx))
		fprintf(stderr, "trunk: %s\n", vbr_ctx_error(ctx));
	vbr_vids_free(vids);
	vbr_ctx_unref(ctx);
	return rc < 0;
}
