/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* fdb BRIDGE: prints the entries of the FDB as the kernel sends them. It stores
 * no entries, so that memory use does not depend on their number. */

#include <stdio.h>
#include <vbridge.h>

static const char *state_word(const struct vbr_fdb_entry *entry)
{
	switch (vbr_fdb_entry_state(entry)) {
	case VBR_FDB_LOCAL:
		return "local";
	case VBR_FDB_STATIC:
		return "static";
	case VBR_FDB_LEARNED:
		return "learned";
	case VBR_FDB_EXPIRED:
		return "expired";
	}
	return "?";
}

struct listing {
	struct vbr_ctx *ctx;
	size_t count;
	/* The last port: most entries have the same port as the one before. */
	int index;
	char port[VBR_NAME_SIZE];
};

static int print_entry(const struct vbr_fdb_entry *entry, void *data)
{
	struct listing *listing = (struct listing *)data;
	int index = vbr_fdb_entry_port_index(entry);
	char mac[VBR_MAC_TEXT_SIZE];

	if (index != listing->index) {
		/* The port may have been removed in the meantime. */
		if (vbr_link_name(listing->ctx, index, listing->port) < 0)
			snprintf(listing->port, sizeof(listing->port), "-");
		listing->index = index;
	}
	vbr_format_mac(vbr_fdb_entry_mac(entry), mac);
	printf("%s %s vlan %u %s %.2f\n", mac, listing->port,
	       vbr_fdb_entry_vlan(entry), state_word(entry),
	       (double)vbr_fdb_entry_age(entry) / VBR_TICKS_PER_SECOND);
	listing->count++;
	return 0;
}

int main(int argc, char **argv)
{
	struct listing listing = { NULL, 0, 0, "" };
	int rc;

	if (argc != 2 || vbr_ctx_new(NULL, &listing.ctx) < 0)
		return 1;
	rc = vbr_fdb_foreach(listing.ctx, argv[1], print_entry, &listing);
	if (rc < 0)
		fprintf(stderr, "fdb: %s\n", vbr_ctx_error(listing.ctx));
	else
		fprintf(stderr, "fdb: %zu entries\n", listing.count);
	vbr_ctx_unref(listing.ctx);
	return rc < 0;
}
