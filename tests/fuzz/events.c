/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Fuzzes functions that read a datagram without a context: vbr_event_read(),
 * and all parsers of messages. */

#include "unit/unit.h"

#include <errno.h>

#include "fuzz/fuzz.h"
#include "fuzz/kernel.h"
#include "fuzz/touch.h"
#include "unit/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct kernel kernel;
	struct vbr_ctx *ctx = kernel_new(&kernel, NULL, 0);
	int rc = vbr_event_read(bytes, size,
				VBR_WATCH_LINKS | VBR_WATCH_FDB |
					VBR_WATCH_VLANS | VBR_WATCH_GROUPS,
				touch_event, ctx);

	check(rc == 0 || rc == -EBADMSG, "%d", rc);
	vbr_ctx_unref(ctx);
	parse_all(bytes, size);
	return 0;
}
