/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Documented errnos that a real kernel cannot be made to return: of functions
 * that parse text, and of kernels that lack something or run out of a
 * resource. */

#include "unit/errnos.h"

#include <limits.h>
#include <stdlib.h>

#include "unit/refusing.h"

static void texts(void **state)
{
	const struct vbr_option *delay = vbr_option_find(VBR_SCOPE_BRIDGE,
							 "forward_delay");
	struct refusing kernel = { .ioctl = -ENODEV };
	struct vbr_ctx *ctx = refusing_new(&kernel);
	struct vbr_vids *vids;
	uint8_t mac[6];
	char line[] = "a 'b", *words[8], bad;
	uint64_t value;
	char text[4];
	size_t count;
	bool on;

	(void)state;
	GIVES(EINVAL, vbr_vids_parse("3,3", &vids));
	GIVES(ERANGE, vbr_vids_parse("4095", &vids));
	assert_int_equal(vbr_vids_new(&vids), 0);
	GIVES(EINVAL, vbr_vids_add(vids, 2, 1));
	GIVES(ERANGE, vbr_vids_add(vids, 1, 4095));
	vbr_vids_free(vids);
	GIVES(EINVAL, vbr_event_read("", 1, 0, NULL, NULL));
	GIVES(EBADMSG, vbr_event_read("", 1, VBR_WATCH_LINKS, NULL, NULL));
	GIVES(EBADMSG, vbr_event_read("", 0, VBR_WATCH_LINKS, NULL, NULL));
	/* Longer than libmnl can count: refused before a byte is read. */
	GIVES(EBADMSG, vbr_event_read("", (size_t)INT_MAX + 1, VBR_WATCH_LINKS,
				      NULL, NULL));
	GIVES(EINVAL, vbr_parse_number("x", 9, &value));
	GIVES(ERANGE, vbr_parse_number("10", 9, &value));
	GIVES(EINVAL, vbr_parse_switch("maybe", &on));
	GIVES(EINVAL, vbr_parse_mac("2:0:0:0:0", mac));
	GIVES(EINVAL, vbr_split_words(line, words, &count, &bad));
	GIVES(EINVAL, vbr_option_parse(ctx, delay, "soon", &value));
	GIVES(ERANGE, vbr_option_parse(ctx, delay, "-1", &value));
	GIVES(EINVAL, vbr_option_parse_truncated(ctx, delay, "soon", &value));
	GIVES(ERANGE, vbr_option_parse_truncated(ctx, delay, "-1", &value));
	GIVES(ENOSPC, vbr_option_format(ctx, delay, 1500, text, 4));
	errnos_end();
	vbr_ctx_unref(ctx);
}

static int to_nobody(const struct vbr_fdb_entry *entry, void *data)
{
	(void)entry;
	(void)data;
	return 0;
}

static int link_to_nobody(const char *name, int index, bool is_free, void *data)
{
	(void)name;
	(void)index;
	(void)is_free;
	(void)data;
	return 0;
}

static int event_to_nobody(const struct vbr_event *event, void *data)
{
	(void)event;
	(void)data;
	return 0;
}

static void interrupted(void **state)
{
	struct refusing silent = { .receive = -EAGAIN };
	struct refusing kernel = { .answer = INTERRUPTED,
				   .listen_data = &silent };
	struct vbr_ctx *ctx = refusing_new(&kernel);
	struct vbr_watch *watch;
	struct vbr_fdb *fdb;

	(void)state;
	GIVES(EAGAIN, vbr_link_foreach(ctx, link_to_nobody, NULL));
	GIVES(EAGAIN, vbr_fdb_foreach(ctx, "br0", to_nobody, NULL));
	GIVES(EAGAIN, vbr_fdb_list(ctx, "br0", &fdb));
	GIVES(EAGAIN, vbr_fdb_list_all(ctx, "br0", &fdb));
	assert_int_equal(vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch), 0);
	GIVES(EAGAIN, vbr_watch_sync(watch, event_to_nobody, NULL));
	vbr_watch_free(watch);
	errnos_end();
	vbr_ctx_unref(ctx);
}

static void watches(void **state)
{
	struct refusing listen_data = { .answer = GARBAGE };
	struct refusing kernel = { .listen = -EOPNOTSUPP,
				   .listen_data = &listen_data };
	struct vbr_ctx *ctx = refusing_new(&kernel);
	struct vbr_watch *watch;

	(void)state;
	GIVES(EINVAL, vbr_watch_new(ctx, 0, &watch));
	GIVES(EOPNOTSUPP, vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch));
	kernel.listen = -ENFILE;
	GIVES(ENFILE, vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch));
	kernel.listen = 0;
	assert_int_equal(vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch), 0);
	GIVES(EBADMSG, vbr_watch_read(watch, event_to_nobody, NULL));
	listen_data.receive = -ENOBUFS;
	GIVES(ENOBUFS, vbr_watch_read(watch, event_to_nobody, NULL));
	vbr_watch_free(watch);
	errnos_end();
	vbr_ctx_unref(ctx);
}

/* The modules are missing. */
static void lacking(void **state)
{
	static const char *const setting[] = { "call-iptables" };
	struct refusing kernel = { .ioctl = -ENOPKG,
				   .file = -ENOENT,
				   .answer = VERDICT };
	struct vbr_ctx *ctx = refusing_new(&kernel);
	enum vbr_vlan_name_type naming;
	bool on;

	(void)state;
	GIVES(ENOPKG, vbr_bridge_add(ctx, "br0"));
	GIVES(ENOPKG, vbr_vlan_del(ctx, "v"));
	GIVES(ENOPKG, vbr_vlan_set_flags(ctx, "v", VBR_VLAN_GVRP, true));
	GIVES(ENOPKG, vbr_vlan_map_ingress(ctx, "v", 1, 1));
	GIVES(ENOPKG, vbr_vlan_map_egress(ctx, "v", 1, 1));
	GIVES(ENOPKG, vbr_vlan_set_name_type(ctx, VBR_VLAN_PLUS_VID));
	GIVES(ENOENT, vbr_vlan_get_name_type(ctx, &naming));
	GIVES(ENOENT, vbr_nf_get(ctx, *setting, &on));
	GIVES(ENOENT, vbr_nf_set(ctx, setting, 1, true));
	kernel.other_file = -ENOENT;
	GIVES(EOPNOTSUPP, vbr_vlan_get_name_type(ctx, &naming));
	GIVES(EOPNOTSUPP, vbr_nf_get(ctx, *setting, &on));
	GIVES(EOPNOTSUPP, vbr_nf_set(ctx, setting, 1, true));
	errnos_end();
	vbr_ctx_unref(ctx);
}

static void refusing_kernels(void **state)
{
	struct refusing kernel = { .file = -ENOENT,
				   .answer = VERDICT,
				   .error = -EOPNOTSUPP };
	static const struct vbr_link_settings mac = { .what = VBR_LINK_MAC,
						      .mac = { 2 } };
	static const struct vbr_new_bridge plain = { 0 };
	enum vbr_vlan_name_type naming;
	struct vbr_ctx *ctx = refusing_new(&kernel);
	struct vbr_config *config;
	struct vbr_vids *vids;

	(void)state;
	assert_int_equal(vbr_vids_parse("5", &vids), 0);
	/* A kernel without VLANs does not know this kind of device. */
	GIVES(ENOPKG, vbr_vlan_add(ctx, "eth0", vids, 0, "v"));
	/* The same without bridges; rtnetlink does not distinguish this from a
	 * missing option. */
	kernel.ioctl = -ENOPKG;
	GIVES(ENOPKG, vbr_bridge_add_with(ctx, "new", &plain));
	kernel.ioctl = -EOPNOTSUPP;
	GIVES(EOPNOTSUPP, vbr_bridge_add_with(ctx, "new", &plain));
	kernel.ioctl = 0;
	/* As a driver that cannot set the address, or not while the device is
	 * up. */
	GIVES(EOPNOTSUPP, vbr_link_set(ctx, "eth0", &mac));
	kernel.error = -EBUSY;
	GIVES(EBUSY, vbr_link_set(ctx, "eth0", &mac));
	kernel.error = -EINVAL;
	GIVES(EINVAL, vbr_vlan_set(ctx, "v", "gvrp", 1));
	kernel.file = -EPERM;
	GIVES(EPERM, vbr_vlan_get_name_type(ctx, &naming));
	kernel.ioctl = -EXFULL;
	kernel.knows_names = true;
	GIVES(EXFULL, vbr_port_add(ctx, "br0", "eth0"));
	kernel.lock = -EBUSY;
	assert_int_equal(vbr_config_parse(ctx, "file", "", 0, &config), 0);
	GIVES(EBUSY, vbr_config_restore(ctx, config, 0, NULL));
	vbr_config_free(config);
	vbr_vids_free(vids);
	errnos_end();
	vbr_ctx_unref(ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("texts give each errno", texts),
		TEST("tables that change give EAGAIN", interrupted),
		TEST("watches give each errno", watches),
		TEST("kernels without modules give ENOPKG or ENOENT", lacking),
		TEST("kernels that refuse give each errno", refusing_kernels),
	};

	return run_all(tests);
}
