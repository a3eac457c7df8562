/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* port-library BRIDGE PORT...: adds ports by libvbridge, as a program does it
 * that wants to know of errors. For "make bench" to count. */

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
