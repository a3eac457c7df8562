/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Somebody's program with libvbridge, in the user's language and with all of
 * the locale: prints what the library says, and values as it writes and reads
 * them.
 */

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "vbridge.h"

static int print_values(struct vbr_ctx *ctx)
{
	const struct vbr_option *option = vbr_option_find(VBR_SCOPE_BRIDGE,
							  "ageing_time");
	char text[VBR_OPTION_TEXT_SIZE];
	uint64_t value = 0;

	if (vbr_option_parse(ctx, option, "1234.5", &value) < 0 ||
	    vbr_option_format(ctx, option, value, text, sizeof(text)) < 0)
		return EXIT_FAILURE;
	printf("%" PRIu64 " %s\n", value, text);
	/* The program's own numbers show that there is a locale. */
	printf("%.1f\n", 0.5);
	return EXIT_SUCCESS;
}

int main(void)
{
	struct vbr_ctx *ctx;
	int status;

	setlocale(LC_ALL, "");
	if (vbr_ctx_new(NULL, &ctx) < 0)
		return EXIT_FAILURE;
	/* The first thing that fails has a reason of the library's own. */
	if (vbr_bridge_add(ctx, "a/b") == 0)
		return EXIT_FAILURE;
	puts(vbr_ctx_error(ctx));
	if (vbr_bridge_del(ctx, "nope\n") == 0)
		return EXIT_FAILURE;
	puts(vbr_ctx_error(ctx));
	status = print_values(ctx);
	vbr_ctx_unref(ctx);
	return status;
}
