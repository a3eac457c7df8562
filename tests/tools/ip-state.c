/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Saves the IP state of a device to a file, and restores it.
 *
 *	ip-state save DEVICE > FILE
 *	ip-state put DEVICE < FILE      adds what is missing
 */

#include "config.h"

#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"
#include "ip/change.h"
#include "vbridge.h"

#define FILE_SIZE (1024 * 1024)

static int save(struct vbr_ctx *ctx, const struct ip_device *device)
{
	struct ip_state *state;
	void *bytes;
	size_t len;
	int rc = ip_state_take(ctx, device, 1, &state);

	if (rc < 0)
		return rc;
	rc = ip_state_save(state, &bytes, &len);
	ip_state_free(state);
	if (rc < 0)
		return rc;
	fwrite(bytes, 1, len, stdout);
	free(bytes);
	return 0;
}

static int put_back(struct vbr_ctx *ctx, const struct ip_device *device)
{
	static _Alignas(8) char bytes[FILE_SIZE];
	struct ip_state *state, *requests;
	size_t len = fread(bytes, 1, sizeof(bytes), stdin);
	int rc = ip_state_load(bytes, len, &state);

	if (rc < 0)
		return rc;
	rc = ip_state_requests(state, NULL, &requests);
	ip_state_free(state);
	if (rc < 0)
		return rc;
	rc = ip_change(ctx, device, 1, requests, IP_CHANGE_ADD_ONLY);
	ip_state_free(requests);
	return rc;
}

int main(int argc, char **argv)
{
	struct ip_device device = { 0 };
	struct vbr_ctx *ctx;
	int rc;

	if (argc != 3 || strlen(argv[2]) >= sizeof(device.name) ||
	    vbr_ctx_new(NULL, &ctx) < 0)
		return 2;
	strcpy(device.name, argv[2]);
	device.index = (int)if_nametoindex(argv[2]);
	context_begin(ctx, "cannot work on \"%s\"", device.name);
	rc = strcmp(argv[1], "save") == 0 ? save(ctx, &device)
					  : put_back(ctx, &device);
	if (rc < 0)
		fprintf(stderr, "%d: %s\n", rc, vbr_ctx_error(ctx));
	vbr_ctx_unref(ctx);
	return rc < 0;
}
