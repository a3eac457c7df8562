/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* attach BRIDGE DEVICE VID, attach -d BRIDGE DEVICE: attaches a veth end to a
 * bridge for a container, or detaches it. If a step fails, all are undone. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <vbridge.h>

static int complain(const struct vbr_ctx *ctx, int error)
{
	return fprintf(stderr, "attach: %s\n", vbr_ctx_error(ctx)), error;
}

/* Containers cannot reach each other, or take part in the spanning tree. */
static const struct vbr_setting settings[] = { { "isolated", 1 },
					       { "bpdu_guard", 1 },
					       { "root_block", 1 } };
static const unsigned int flags = VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED;

static int configure(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const struct vbr_vids *vids)
{
	struct vbr_vids *first = NULL;
	int rc = vbr_port_set_all(ctx, bridge, device, settings,
				  sizeof(settings) / sizeof(settings[0]));

	/* The kernel makes a new port a member of VLAN 1. */
	if (rc == 0 && (rc = vbr_vids_parse("1", &first)) == 0)
		rc = vbr_port_vlan_del_many(ctx, bridge, &device, 1, first,
					    true);
	vbr_vids_free(first);
	if (rc == 0)
		rc = vbr_port_vlan_add(ctx, bridge, device, vids, flags);
	return rc < 0 ? rc : vbr_link_set_up(ctx, device, true);
}

static int attach(struct vbr_ctx *ctx, const char *bridge, const char *device,
		  const struct vbr_vids *vids)
{
	int rc = vbr_port_add(ctx, bridge, device);

	if (rc < 0)
		return complain(ctx, rc);
	if ((rc = configure(ctx, bridge, device, vids)) < 0) {
		complain(ctx, rc);
		/* This also removes the options and the VLANs of the port. */
		vbr_port_del(ctx, bridge, device);
	}
	return rc;
}

static int detach(struct vbr_ctx *ctx, const char *bridge, const char *device)
{
	int rc = vbr_port_del(ctx, bridge, device);

	/* No such device, or not a port of this bridge: it is detached. */
	return !rc || rc == -ENODEV || rc == -EINVAL ? 0 : complain(ctx, rc);
}

int main(int argc, char **argv)
{
	struct vbr_vids *vids = NULL;
	struct vbr_ctx *ctx;
	int rc;

	if (argc != 4 || vbr_ctx_new(NULL, &ctx) < 0)
		return 1;
	if (strcmp(argv[1], "-d") == 0)
		rc = detach(ctx, argv[2], argv[3]);
	else if ((rc = vbr_vids_parse(argv[3], &vids)) < 0)
		fprintf(stderr, "attach: %s is no VLAN id\n", argv[3]);
	else
		rc = attach(ctx, argv[1], argv[2], vids);
	vbr_vids_free(vids);
	vbr_ctx_unref(ctx);
	return rc < 0;
}
