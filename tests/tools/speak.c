/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A program that uses libvbridge and sets the whole locale of the user: prints
 * the library's messages, and values that the library formats and parses.
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
	/* This number shows whether the locale is in effect. */
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
	/* The first error message is from the library itself, not from the
	 * kernel. */
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
