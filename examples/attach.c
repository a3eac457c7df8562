/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* attach BRIDGE DEVICE VID MAC: attaches the tap of a guest with this address to a
 * bridge. If a step fails, all are undone. */

#include <stdio.h>
#include <vbridge.h>

static int complain(const struct vbr_ctx *ctx, int error)
{
	return fprintf(stderr, "attach: %s\n", vbr_ctx_error(ctx)), error;
}

/* Guests cannot reach each other, or take part in the spanning tree. */
static const struct vbr_setting settings[] = { { "isolated", 1 },
					       { "bpdu_guard", 1 },
					       { "root_block", 1 } };
static const unsigned int flags = VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED;

/* Frames to the address of the guest are never flooded. */
static int configure(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const struct vbr_vids *vids,
		     const uint8_t mac[6])
{
	const struct vbr_new_vlans vlans = { vids, flags };
	const struct vbr_new_port port = {
		settings, sizeof(settings) / sizeof(settings[0]), &vlans, 1,
		true,
	};
	int rc = vbr_port_add_with(ctx, bridge, &device, 1, &port);

	if (rc < 0)
		return rc;
	return vbr_fdb_add(ctx, bridge, device, mac,
			   (unsigned int)vbr_vids_next(vids, -1),
			   VBR_FDB_STATIC, 0);
}

/* After a failure, the device is what it was before. */
static int attach(struct vbr_ctx *ctx, const char *bridge, const char *device,
		  const struct vbr_vids *vids, const uint8_t mac[6])
{
	struct vbr_transaction *transaction;
	int rc = vbr_transaction_begin(ctx, &device, 1, &transaction);

	if (rc < 0)
		return complain(ctx, rc);
	rc = configure(ctx, bridge, device, vids, mac);
	if (rc == 0) {
		vbr_transaction_commit(transaction);
		return 0;
	}
	complain(ctx, rc);
	if (vbr_transaction_undo(transaction, NULL) < 0)
		complain(ctx, rc);
	return rc;
}

int main(int argc, char **argv)
{
	struct vbr_vids *vids = NULL;
	struct vbr_ctx *ctx;
	uint8_t mac[6];
	int rc;

	if (argc != 5 || vbr_vids_parse(argv[3], &vids) < 0 ||
	    vbr_parse_mac(argv[4], mac) < 0) {
		fprintf(stderr, "usage: attach BRIDGE DEVICE VID MAC\n");
		return 1;
	}
	rc = vbr_ctx_new(NULL, &ctx);
	if (rc == 0) {
		rc = attach(ctx, argv[1], argv[2], vids, mac);
		vbr_ctx_unref(ctx);
	}
	vbr_vids_free(vids);
	return rc < 0;
}
