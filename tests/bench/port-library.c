/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* port-library BRIDGE PORT...: adds ports with libvbridge, and checks for
 * errors as a normal program does. "make bench" counts its instructions. */

#include <stdio.h>

#include "vbridge.h"

int main(int argc, char **argv)
{
	struct vbr_ctx *ctx;
	int rc = vbr_ctx_new(NULL, &ctx);

	if (rc < 0)
		return 2;
	for (int i = 2; i < argc && rc == 0; i++)
		rc = vbr_port_add(ctx, argv[1], argv[i]);
	if (rc < 0)
		fprintf(stderr, "port-library: %s\n", vbr_ctx_error(ctx));
	vbr_ctx_unref(ctx);
	return rc < 0;
}
