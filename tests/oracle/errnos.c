/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Each errno that the header documents, and that a kernel with all features
 * returns: bridges, ports, the FDB, multicast groups. */

#include "oracle/oracle.h"

#include <stdlib.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>

#include "unit/errnos.h"

/* "a" is a port of br0, br1 has no ports, "b" and lo are not ports. */
static struct vbr_ctx *make_all(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_bridge(o, "br1");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	return o->ctx;
}

static void links(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	static const struct vbr_link_settings none = { 0 };
	static const struct vbr_link_settings up = { .what = VBR_LINK_UP };
	static const struct vbr_link_settings multicast = {
		.what = VBR_LINK_MAC, .mac = { 1 }
	};
	char name[VBR_NAME_SIZE];
	struct vbr_link *link;
	bool is_set;

	GIVES(ENODEV, vbr_link_get(ctx, "none", &link));
	GIVES(ENODEV, vbr_link_is_mac_set(ctx, "none", &is_set));
	/* The namespaces of the tests have no /sys of their own. */
	GIVES(ENODATA, vbr_link_is_mac_set(ctx, "br0", &is_set));
	GIVES(ENODEV, vbr_link_set(ctx, "none", &up));
	GIVES(EINVAL, vbr_link_set(ctx, "b", &none));
	GIVES(EADDRNOTAVAIL, vbr_link_set(ctx, "b", &multicast));
	GIVES(ENODEV, vbr_link_name(ctx, 9999, name));
	GIVES(ENODEV, vbr_link_resolve(ctx, "none", NULL, name));
	GIVES(ENODEV, vbr_link_set_up(ctx, "none", true));
	errnos_end();
}

static void bridges(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_bridge *bridge;

	GIVES(EEXIST, vbr_bridge_add(ctx, "br0"));
	GIVES(EINVAL, vbr_bridge_add(ctx, "."));
	GIVES(EILSEQ, vbr_bridge_add(ctx, "br\001"));
	GIVES(ENAMETOOLONG, vbr_bridge_add(ctx, "1234567890123456"));
	GIVES(ENODEV, vbr_bridge_del(ctx, "none"));
	GIVES(EPERM, vbr_bridge_del(ctx, "b"));
	set_up(*state, "br1");
	GIVES(EBUSY, vbr_bridge_del(ctx, "br1"));
	GIVES_NO_BRIDGE(vbr_bridge_get, &bridge);
	errnos_end();
}

/* Lines that a file may not have, and objects that do not exist. */
static void compared_configurations(struct vbr_ctx *ctx)
{
	static const char lines[] = "addif br0 none\n",
			  loop[] = "addif br0 br1";
	const char *long_name = "a-name-of-17-bytes";
	struct vbr_config *now, *config = NULL, *plan;
	struct vbr_transaction *transaction;

	GIVES(EINVAL, vbr_config_parse(ctx, "file", "show", 4, &config));
	/* Refused before any byte is read. */
	GIVES(EFBIG,
	      vbr_config_parse(ctx, "file", "", (size_t)INT_MAX + 1, &config));
	assert_int_equal(vbr_config_parse(ctx, "file", lines, strlen(lines),
					  &config),
			 0);
	assert_int_equal(vbr_config_capture_all(ctx, &now), 0);
	GIVES(ENODEV, vbr_config_diff(ctx, now, config, 0, &plan));
	GIVES(EINVAL, vbr_config_diff(ctx, now, config, 2, &plan));
	GIVES(ENODEV, vbr_config_restore(ctx, config, 0, NULL));
	GIVES(EINVAL, vbr_config_restore(ctx, config, 2, NULL));
	GIVES(ENODEV, vbr_config_wait(ctx, config, 0));
	GIVES(ENODEV, vbr_transaction_begin(ctx, &long_name, 1, &transaction));
	vbr_config_free(config);
	assert_int_equal(vbr_config_parse(ctx, "file", loop, strlen(loop),
					  &config),
			 0);
	GIVES(ELOOP, vbr_config_diff(ctx, now, config, 0, &plan));
	GIVES(ELOOP, vbr_config_restore(ctx, config, 0, NULL));
	vbr_config_free(now);
	vbr_config_free(config);
}

static void configurations(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	const char *none = "none", *other = "b";
	struct vbr_config *config;

	GIVES(ENODEV, vbr_config_capture(ctx, &none, 1, &config));
	GIVES(EOPNOTSUPP, vbr_config_capture(ctx, &other, 1, &config));
	compared_configurations(ctx);
	errnos_end();
}

static void traces(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_frame none = { .port = "none", .dst = { 2 }, .vlan = -1 },
			 other = none, lo = none, multicast = none, big = none;
	struct vbr_trace *trace;

	other.port = "a";
	lo.port = "lo";
	multicast.src[0] = 1;
	big.vlan = 4095;
	GIVES(ENODEV, vbr_trace_frame(ctx, "br0", &none, &trace));
	GIVES(ENXIO, vbr_trace_frame(ctx, "none", &other, &trace));
	GIVES(EXDEV, vbr_trace_frame(ctx, "br1", &other, &trace));
	GIVES(ENODATA, vbr_trace_frame(ctx, "br0", &lo, &trace));
	GIVES(EOPNOTSUPP, vbr_trace_frame(ctx, "b", &lo, &trace));
	GIVES(EINVAL, vbr_trace_frame(ctx, "br0", &multicast, &trace));
	GIVES(ERANGE, vbr_trace_frame(ctx, "br0", &big, &trace));
	big = (struct vbr_frame){ .dst = { 2 }, .vlan = -1, .inner_vlan = 7 };
	GIVES(EINVAL, vbr_trace_frame(ctx, "br0", &big, &trace));
	big = (struct vbr_frame){ .vlan = -1,
				  .group = "239.1.1.1",
				  .source = "2001:db8::1" };
	GIVES(EINVAL, vbr_trace_frame(ctx, "br0", &big, &trace));
	errnos_end();
}

static void on_alarm(int signal)
{
	(void)signal;
}

/* Sends a signal soon, which interrupts what waits. */
static void wake_up(void)
{
	const struct sigaction action = { .sa_handler = on_alarm };
	const struct itimerval soon = { .it_value.tv_usec = 100000 };

	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
}

static void lives(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_frame none = { .port = "none", .dst = { 2 }, .vlan = -1 },
			 other = none, lo = none, big = none, bad = none,
			 host = none;
	struct vbr_live_path *path;
	struct vbr_live *live;

	other.port = "a";
	lo.port = "lo";
	big.vlan = 4095;
	bad.group = "192.0.2.1";
	host.port = NULL;
	GIVES(ENODEV, vbr_live_new(ctx, "br0", &none, &live));
	GIVES(ENODEV, vbr_live_new(ctx, "none", &other, &live));
	GIVES(EXDEV, vbr_live_new(ctx, "br1", &other, &live));
	GIVES(ENODATA, vbr_live_new(ctx, "br0", &lo, &live));
	GIVES(EOPNOTSUPP, vbr_live_new(ctx, "b", &lo, &live));
	GIVES(EINVAL, vbr_live_new(ctx, "br0", &bad, &live));
	GIVES(ERANGE, vbr_live_new(ctx, "br0", &big, &live));
	memset(host.dst, 0, sizeof(host.dst));
	if (vbr_live_new(ctx, "br0", &host, &live) == -EOPNOTSUPP) {
		print_message("# %s\n", vbr_ctx_error(ctx));
		errnos_end();
		skip();
	}
	GIVES(EINVAL, vbr_live_send(live));
	GIVES(ETIMEDOUT, vbr_live_next(live, 0, &path));
	wake_up();
	GIVES(EINTR, vbr_live_next(live, 10000, &path));
	vbr_live_free(live);
	host.group = "239.1.1.1";
	memcpy(host.dst, "\1\0\x5e\1\1\1", sizeof(host.dst));
	assert_int_equal(vbr_live_new(ctx, "br0", &host, &live), 0);
	GIVES(EOPNOTSUPP, vbr_live_send(live));
	vbr_live_free(live);
	host.group = NULL;
	memcpy(host.dst, "\2\0\0\0\0\1", sizeof(host.dst));
	host.len = 3000;
	assert_int_equal(vbr_live_new(ctx, "br0", &host, &live), 0);
	GIVES(EMSGSIZE, vbr_live_send(live));
	vbr_live_free(live);
	host.len = 0;
	assert_int_equal(vbr_link_set_up(ctx, "br0", false), 0);
	assert_int_equal(vbr_live_new(ctx, "br0", &host, &live), 0);
	GIVES(ENETDOWN, vbr_live_send(live));
	vbr_live_free(live);
	errnos_end();
}

static void sent_frames(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_frame none = { .port = "none", .dst = { 2 }, .vlan = -1 },
			 nowhere = { .vlan = -1 }, member = none, lo = none,
			 long_one = none, big = none, host = none;
	struct vbr_trace *trace;

	member.port = "a";
	lo.port = "lo";
	big.port = long_one.port = host.port = NULL;
	big.vlan = 4095;
	long_one.len = 3000;
	GIVES(ENODEV, vbr_frame_send(ctx, "br0", &none, &trace));
	GIVES(ENODEV, vbr_frame_send(ctx, "none", &host, &trace));
	GIVES(ENXIO, vbr_frame_send(ctx, "none", &member, &trace));
	GIVES(EXDEV, vbr_frame_send(ctx, "br1", &member, &trace));
	GIVES(EINVAL, vbr_frame_send(ctx, "br0", &nowhere, &trace));
	GIVES(EOPNOTSUPP, vbr_frame_send(ctx, "br0", &lo, &trace));
	lo.port = "b";
	GIVES(ENODATA, vbr_frame_send(ctx, "br0", &lo, &trace));
	GIVES(ERANGE, vbr_frame_send(ctx, "br0", &big, &trace));
	GIVES(EMSGSIZE, vbr_frame_send(ctx, "br0", &long_one, &trace));
	assert_int_equal(vbr_link_set_up(ctx, "br0", false), 0);
	GIVES(ENETDOWN, vbr_frame_send(ctx, "br0", &host, &trace));
	errnos_end();
}

static void reaches(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_reach *reach;

	set_up(*state, "lo");
	GIVES(ENODEV, vbr_reach_get(ctx, "none", "a", "host", 0, &reach));
	GIVES(ENODEV, vbr_reach_get(ctx, "br0", "a", "none", 0, &reach));
	GIVES(EOPNOTSUPP, vbr_reach_get(ctx, "b", "a", "host", 0, &reach));
	GIVES(ENODATA, vbr_reach_get(ctx, "br0", "a", "lo", 0, &reach));
	GIVES(ENOENT,
	      vbr_reach_get(ctx, "br0", "a", "02:00:00:00:00:99", 0, &reach));
	GIVES(ENOENT, vbr_reach_get(ctx, "br0", "a", "192.0.2.1", 0, &reach));
	GIVES(EXDEV, vbr_reach_get(ctx, "br0", "a", "127.0.0.1", 0, &reach));
	GIVES(EINVAL, vbr_reach_get(ctx, "br0", "a", "a", 0, &reach));
	GIVES(EINVAL,
	      vbr_reach_get(ctx, "br0", "a", "01:00:5e:00:00:01", 0, &reach));
	GIVES(ERANGE, vbr_reach_get(ctx, "br0", "a", "host", 4095, &reach));
	errnos_end();
}

static void statistics(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	const struct vbr_counter *of_vlan = vbr_counter_at(VBR_STATS_VLAN, 0);
	struct vbr_stats *stats;
	uint64_t value;

	GIVES(ENODEV, vbr_stats_list(ctx, "none", NULL, 0, &stats));
	GIVES(EOPNOTSUPP, vbr_stats_list(ctx, "b", NULL, 0, &stats));
	GIVES(ENODEV, vbr_stats_list(ctx, "br0", "none", 0, &stats));
	GIVES(ENXIO, vbr_stats_list(ctx, "none", "a", 0, &stats));
	GIVES(EXDEV, vbr_stats_list(ctx, "br1", "a", 0, &stats));
	GIVES(ENODATA, vbr_stats_list(ctx, "br0", "b", 0, &stats));
	assert_int_equal(vbr_stats_list(ctx, "br0", "a", 0, &stats), 0);
	GIVES(ENODATA,
	      vbr_stats_row_value(vbr_stats_at(stats, 0), of_vlan, &value));
	vbr_stats_free(stats);
	errnos_end();
}

static void stations(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	uint8_t mac[6] = { 2, 0, 0, 0, 0, 0x51 };

	set_up(*state, "lo");
	GIVES(ENODEV, vbr_station_mac(ctx, "none", "a", mac));
	GIVES(ENODEV, vbr_station_mac(ctx, "br0", "none", mac));
	GIVES(EOPNOTSUPP, vbr_station_mac(ctx, "b", "a", mac));
	GIVES(ENODATA, vbr_station_mac(ctx, "br0", "lo", mac));
	GIVES(EINVAL, vbr_station_mac(ctx, "br0", "01:00:5e:00:00:01", mac));
	GIVES(ENOENT, vbr_station_mac(ctx, "br0", "gateway", mac));
	GIVES(EXDEV, vbr_station_mac(ctx, "br0", "127.0.0.1", mac));
	for (int i = 0; i < 2; i++) {
		mac[5]++;
		assert_int_equal(vbr_fdb_add(ctx, "br0", "a", mac, 0,
					     VBR_FDB_STATIC, 0),
				 0);
	}
	GIVES(ENOTUNIQ, vbr_station_mac(ctx, "br0", "a", mac));
	errnos_end();
}

static void reach_tables(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_reach_table *table;
	struct vbr_config *change;

	assert_int_equal(vbr_config_parse(ctx, "x", "", 0, &change), 0);
	GIVES(ENODEV, vbr_reach_table_get(ctx, "none", &table));
	GIVES(EOPNOTSUPP, vbr_reach_table_get(ctx, "b", &table));
	GIVES(ENODEV, vbr_reach_table_get_after(ctx, "none", change, &table));
	GIVES(EOPNOTSUPP, vbr_reach_table_get_after(ctx, "b", change, &table));
	vbr_config_free(change);
	errnos_end();
}

static void faults(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	const char *none = "none", *other = "b";
	struct vbr_findings *findings;

	GIVES(ENODEV, vbr_check(ctx, &none, 1, &findings));
	GIVES(EOPNOTSUPP, vbr_check(ctx, &other, 1, &findings));
	errnos_end();
}

static void bridge_options(void **state)
{
	static const struct vbr_setting one = { "priority", 1 },
					none = { "nothing", 1 },
					read_only = { "gc_timer", 1 },
					big = { "priority", 65536 },
					group = { "group_addr", 1 },
					twice[] = { { "priority", 1 },
						    { "priority", 2 } };
	struct vbr_ctx *ctx = make_all(state);

	GIVES_NO_BRIDGE(vbr_bridge_set, "priority", 1);
	GIVES(ENOENT, vbr_bridge_set(ctx, "br0", "nothing", 1));
	GIVES(EACCES, vbr_bridge_set(ctx, "br0", "gc_timer", 1));
	GIVES(ERANGE, vbr_bridge_set(ctx, "br0", "priority", 65536));
	GIVES(EINVAL, vbr_bridge_set(ctx, "br0", "group_addr", 1));
	GIVES_NO_BRIDGE(vbr_bridge_set_text, "priority", "1");
	GIVES(ENOENT, vbr_bridge_set_text(ctx, "br0", "nothing", "1"));
	GIVES(EACCES, vbr_bridge_set_text(ctx, "br0", "gc_timer", "1"));
	GIVES(ERANGE, vbr_bridge_set_text(ctx, "br0", "priority", "65536"));
	GIVES(EINVAL, vbr_bridge_set_text(ctx, "br0", "priority", "high"));
	GIVES_NO_BRIDGE(vbr_bridge_set_all, &one, 1);
	GIVES(ENOENT, vbr_bridge_set_all(ctx, "br0", &none, 1));
	GIVES(EACCES, vbr_bridge_set_all(ctx, "br0", &read_only, 1));
	GIVES(ERANGE, vbr_bridge_set_all(ctx, "br0", &big, 1));
	GIVES(EINVAL, vbr_bridge_set_all(ctx, "br0", &group, 1));
	GIVES(EINVAL, vbr_bridge_set_all(ctx, "br0", twice, 2));
	GIVES(E2BIG, vbr_bridge_set_all(ctx, "br0", &one, 0));
	errnos_end();
}

static void ports(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_port *port;
	struct vbr_ports *ports;

	GIVES(ENODEV, vbr_port_add(ctx, "br0", "none"));
	GIVES(ENXIO, vbr_port_add(ctx, "none", "b"));
	GIVES(EOPNOTSUPP, vbr_port_add(ctx, "a", "b"));
	GIVES(ELOOP, vbr_port_add(ctx, "br0", "br1"));
	GIVES(EBUSY, vbr_port_add(ctx, "br0", "a"));
	GIVES(EINVAL, vbr_port_add(ctx, "br0", "lo"));
	GIVES(ENODEV, vbr_port_del(ctx, "br0", "none"));
	GIVES(ENXIO, vbr_port_del(ctx, "none", "a"));
	GIVES(EOPNOTSUPP, vbr_port_del(ctx, "b", "a"));
	GIVES(EINVAL, vbr_port_del(ctx, "br0", "b"));
	GIVES_NO_PORT(vbr_port_get, &port);
	GIVES_NO_BRIDGE(vbr_port_list, &ports);
	errnos_end();
}

static void port_options(void **state)
{
	static const struct vbr_setting one = { "priority", 1 },
					none = { "nothing", 1 },
					read_only = { "port_no", 1 },
					big = { "priority", 64 },
					state_on = { "state", 3 },
					twice[] = { { "priority", 1 },
						    { "priority", 2 } };
	struct vbr_ctx *ctx = make_all(state);

	GIVES_NO_PORT(vbr_port_set, "priority", 1);
	GIVES(ENOENT, vbr_port_set(ctx, "br0", "a", "nothing", 1));
	GIVES(EACCES, vbr_port_set(ctx, "br0", "a", "port_no", 1));
	GIVES(ERANGE, vbr_port_set(ctx, "br0", "a", "priority", 64));
	GIVES(EINVAL, vbr_port_set(ctx, "br0", "a", "group_fwd_mask", 2));
	GIVES_NO_PORT(vbr_port_set_text, "priority", "1");
	GIVES(ENOENT, vbr_port_set_text(ctx, "br0", "a", "nothing", "1"));
	GIVES(EACCES, vbr_port_set_text(ctx, "br0", "a", "port_no", "1"));
	GIVES(ERANGE, vbr_port_set_text(ctx, "br0", "a", "priority", "64"));
	GIVES(EINVAL, vbr_port_set_text(ctx, "br0", "a", "priority", "high"));
	GIVES(ENODEV, vbr_port_set_text(ctx, "br0", "a", "backup_port", "z"));
	/* The state cannot be set while the port is down, nor while STP is
	 * on. */
	GIVES(ENETDOWN, vbr_port_set(ctx, "br0", "a", "state", 3));
	GIVES(ENETDOWN, vbr_port_set_text(ctx, "br0", "a", "state", "3"));
	GIVES(ENETDOWN, vbr_port_set_all(ctx, "br0", "a", &state_on, 1));
	set_up(*state, "a");
	set_up(*state, "b");
	assert_int_equal(vbr_bridge_set(ctx, "br0", "stp_state", 1), 0);
	GIVES(EBUSY, vbr_port_set(ctx, "br0", "a", "state", 3));
	GIVES(EBUSY, vbr_port_set_text(ctx, "br0", "a", "state", "3"));
	GIVES(EBUSY, vbr_port_set_all(ctx, "br0", "a", &state_on, 1));
	GIVES_NO_PORT(vbr_port_set_all, &one, 1);
	GIVES(ENOENT, vbr_port_set_all(ctx, "br0", "a", &none, 1));
	GIVES(EACCES, vbr_port_set_all(ctx, "br0", "a", &read_only, 1));
	GIVES(ERANGE, vbr_port_set_all(ctx, "br0", "a", &big, 1));
	GIVES(EINVAL, vbr_port_set_all(ctx, "br0", "a", twice, 2));
	GIVES(E2BIG, vbr_port_set_all(ctx, "br0", "a", &one, 0));
	errnos_end();
}

/* --- several options at once ---------------------------------------------- */

static void whole_bridges(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	static const struct vbr_setting none = { "nope", 1 };
	static const struct vbr_setting read_only = { "root_port", 1 };
	static const struct vbr_setting big = { "priority", 65536 };
	static const struct vbr_new_bridge plain = { 0 };

	GIVES(EEXIST, vbr_bridge_add_with(ctx, "br0", &plain));
	GIVES(EINVAL, vbr_bridge_add_with(ctx, "br%d", &plain));
	GIVES(EILSEQ, vbr_bridge_add_with(ctx, "br\001", &plain));
	GIVES(ENAMETOOLONG,
	      vbr_bridge_add_with(ctx, "1234567890123456", &plain));
	GIVES(ENOENT,
	      vbr_bridge_add_with(ctx, "new",
				  &(struct vbr_new_bridge){ &none, 1, { 0 } }));
	GIVES(EACCES, vbr_bridge_add_with(ctx, "new",
					  &(struct vbr_new_bridge){
						  &read_only, 1, { 0 } }));
	GIVES(ERANGE,
	      vbr_bridge_add_with(ctx, "new",
				  &(struct vbr_new_bridge){ &big, 1, { 0 } }));
	GIVES(E2BIG,
	      vbr_bridge_add_with(ctx, "new",
				  &(struct vbr_new_bridge){ &big, 65, { 0 } }));
	GIVES(EADDRNOTAVAIL,
	      vbr_bridge_add_with(ctx, "new",
				  &(struct vbr_new_bridge){
					  .link = { .what = VBR_LINK_MAC,
						    .mac = { 1 } } }));
	GIVES(ENODEV, vbr_bridge_del_with(ctx, "none", VBR_BRIDGE_DEL_UP));
	GIVES(EPERM, vbr_bridge_del_with(ctx, "b", VBR_BRIDGE_DEL_UP));
	GIVES(EINVAL, vbr_bridge_del_with(ctx, "br0", 4));
	GIVES(ENOTEMPTY,
	      vbr_bridge_del_with(ctx, "br0", VBR_BRIDGE_DEL_IF_EMPTY));
	set_up(*state, "br1");
	GIVES(EBUSY, vbr_bridge_del_with(ctx, "br1", VBR_BRIDGE_DEL_IF_EMPTY));
	errnos_end();
}

static struct vbr_new_port with_one(const struct vbr_setting *setting)
{
	return (struct vbr_new_port){ .settings = setting, .count = 1 };
}

static void whole_ports(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	static const char *const ports[] = { "none", "br1", "a", "b" };
	static const struct vbr_setting none = { "nope", 1 };
	static const struct vbr_setting read_only = { "port_no", 1 };
	static const struct vbr_setting big = { "priority", 65536 };
	static const struct vbr_setting turned_on = { "state", 3 };
	static const struct vbr_new_port plain = { 0 };
	const struct vbr_new_port state_on = with_one(&turned_on);
	const struct vbr_new_port unknown_one = with_one(&none);
	const struct vbr_new_port fixed = with_one(&read_only);
	const struct vbr_new_port high = with_one(&big);
	const struct vbr_new_port many = { .settings = &big, .count = 65 };

	GIVES(ENODEV, vbr_port_add_with(ctx, "br0", ports, 1, &plain));
	GIVES(ELOOP, vbr_port_add_with(ctx, "br0", ports + 1, 1, &plain));
	GIVES(EBUSY, vbr_port_add_with(ctx, "br1", ports + 2, 1, &plain));
	GIVES(ENXIO, vbr_port_add_with(ctx, "none", ports + 3, 1, &plain));
	GIVES(EOPNOTSUPP, vbr_port_add_with(ctx, "a", ports + 3, 1, &plain));
	GIVES(EINVAL, vbr_port_add_with(ctx, "br0", ports, 0, &plain));
	GIVES(EINVAL, vbr_port_add_with(ctx, "br0", ports + 3, 1, &state_on));
	GIVES(ENOENT,
	      vbr_port_add_with(ctx, "br0", ports + 3, 1, &unknown_one));
	GIVES(EACCES, vbr_port_add_with(ctx, "br0", ports + 3, 1, &fixed));
	GIVES(ERANGE, vbr_port_add_with(ctx, "br0", ports + 3, 1, &high));
	GIVES(E2BIG, vbr_port_add_with(ctx, "br0", ports + 3, 1, &many));
	/* None of these calls has made it a port. */
	assert_int_equal(master_of(*state, "b"), 0);
	errnos_end();
}

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 1 };
static const uint8_t unknown[6] = { 2, 0, 0, 0, 0, 2 };
static const uint8_t group[6] = { 1, 0, 0, 0, 0, 1 };

static int to_nobody(const struct vbr_fdb_entry *entry, void *data)
{
	(void)entry;
	(void)data;
	return 0;
}

static void fdbs(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_fdb *fdb;

	GIVES_NO_BRIDGE(vbr_fdb_foreach, to_nobody, NULL);
	GIVES_NO_BRIDGE(vbr_fdb_list, &fdb);
	GIVES_NO_PORT(vbr_fdb_add, mac, 0, VBR_FDB_STATIC, 0);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "a", mac, 0, VBR_FDB_STATIC,
				     0),
			 0);
	GIVES(EEXIST, vbr_fdb_add(ctx, "br0", "a", mac, 0, VBR_FDB_STATIC, 0));
	GIVES(EINVAL,
	      vbr_fdb_add(ctx, "br0", "a", group, 0, VBR_FDB_STATIC, 0));
	GIVES(ERANGE,
	      vbr_fdb_add(ctx, "br0", "a", mac, 4095, VBR_FDB_STATIC, 0));
	GIVES(EBUSY,
	      vbr_fdb_add(ctx, "br0", "a", unknown, 0, VBR_FDB_LEARNED, 0));
	GIVES_NO_PORT(vbr_fdb_del, mac, 0);
	GIVES(ERANGE, vbr_fdb_del(ctx, "br0", "a", mac, 4095));
	assert_int_equal(vbr_fdb_del(ctx, "br0", "a", mac, 0), 0);
	GIVES(ENOENT, vbr_fdb_del(ctx, "br0", "a", mac, 0));
	GIVES(EINVAL, vbr_fdb_del(ctx, "br0", "a", group, 0));
	errnos_end();
}

static void flushes(void **state)
{
	static const struct vbr_fdb_filter of_none = { .port = "none" },
					   of_a = { .port = "a" },
					   of_b = { .port = "b" },
					   of_lo = { .port = "lo" },
					   no_vlan = { .vlan = 4095 },
					   of_expired = { .states = 0x8 };
	struct vbr_ctx *ctx = make_all(state);

	GIVES_NO_BRIDGE(vbr_fdb_flush, NULL);
	GIVES(ENODEV, vbr_fdb_flush(ctx, "br0", &of_none));
	GIVES(ENXIO, vbr_fdb_flush(ctx, "none", &of_a));
	GIVES(EXDEV, vbr_fdb_flush(ctx, "br1", &of_a));
	GIVES(ENODATA, vbr_fdb_flush(ctx, "br0", &of_b));
	GIVES(EOPNOTSUPP, vbr_fdb_flush(ctx, "b", &of_lo));
	GIVES(ERANGE, vbr_fdb_flush(ctx, "br0", &no_vlan));
	GIVES(EINVAL, vbr_fdb_flush(ctx, "br0", &of_expired));
	errnos_end();
}

static void groups(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	static const struct vbr_setting again[] = {
		{ "hash_max", 512 },
		{ "multicast_snooping", 1 },
	};
	struct vbr_mdb *mdb;

	set_up(*state, "br0");
	set_up(*state, "a");
	set_up(*state, "b");
	GIVES_NO_BRIDGE(vbr_mdb_list, &mdb);
	GIVES_NO_PORT(vbr_mdb_add, "239.1.1.1", NULL, 0, true);
	assert_int_equal(vbr_mdb_add(ctx, "br0", "a", "239.1.1.1", NULL, 0,
				     true),
			 0);
	GIVES(EEXIST, vbr_mdb_add(ctx, "br0", "a", "239.1.1.1", NULL, 0, true));
	GIVES(EINVAL, vbr_mdb_add(ctx, "br0", "a", "10.0.0.1", NULL, 0, true));
	GIVES(EINVAL, vbr_mdb_add(ctx, "br0", "a", "224.0.0.1", NULL, 0, true));
	GIVES(ERANGE,
	      vbr_mdb_add(ctx, "br0", "a", "239.1.1.2", NULL, 4095, true));
	assert_int_equal(vbr_bridge_set(ctx, "br0", "hash_max", 1), 0);
	GIVES(E2BIG, vbr_mdb_add(ctx, "br0", "a", "239.1.1.3", NULL, 0, true));
	/* Multicast snooping is off now. */
	GIVES(EINVAL, vbr_mdb_del(ctx, "br0", "a", "239.1.1.1", NULL, 0));
	assert_int_equal(vbr_bridge_set_all(ctx, "br0", again, 2), 0);
	GIVES_NO_PORT(vbr_mdb_del, "239.1.1.1", NULL, 0);
	GIVES(EINVAL, vbr_mdb_del(ctx, "br0", "a", "10.0.0.1", NULL, 0));
	GIVES(ERANGE, vbr_mdb_del(ctx, "br0", "a", "239.1.1.1", NULL, 4095));
	GIVES(ENOENT, vbr_mdb_del(ctx, "br0", "a", "239.1.1.4", NULL, 0));
	errnos_end();
}

static void names(void **state)
{
	static const char *const no_name[] = { "call-dogtables" };
	struct vbr_ctx *ctx = make_all(state);
	uint64_t value;
	bool on;

	GIVES(EINVAL, vbr_nf_get(ctx, *no_name, &on));
	GIVES(EINVAL, vbr_nf_set(ctx, no_name, 1, true));
	GIVES(E2BIG, vbr_nf_set(ctx, no_name, 0, true));
	GIVES(ENODEV,
	      vbr_mrp_list(ctx, "none", &(struct vbr_instances *){ 0 }));
	GIVES(ENODEV,
	      vbr_cfm_list(ctx, "none", &(struct vbr_instances *){ 0 }));
	GIVES(ENODEV, vbr_mst_list(ctx, "none", &(struct vbr_msts *){ 0 }));
	GIVES(ENODEV,
	      vbr_option_parse(ctx,
			       vbr_option_find(VBR_SCOPE_PORT, "backup_port"),
			       "none", &value));
	GIVES(ENODEV, vbr_option_parse_truncated(ctx,
						 vbr_option_find(VBR_SCOPE_PORT,
								 "backup_port"),
						 "none", &value));
	errnos_end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("links give each errno", links),
		ORACLE_TEST("bridges give each errno", bridges),
		ORACLE_TEST("configurations give each errno", configurations),
		ORACLE_TEST("traces give each errno", traces),
		ORACLE_TEST("stations give each errno", stations),
		ORACLE_TEST("live traces give each errno", lives),
		ORACLE_TEST("frames that are sent give each errno",
			    sent_frames),
		ORACLE_TEST("reach gives each errno", reaches),
		ORACLE_TEST("statistics give each errno", statistics),
		ORACLE_TEST("tables of reach give each errno", reach_tables),
		ORACLE_TEST("faults give each errno", faults),
		ORACLE_TEST("options of bridges give each errno",
			    bridge_options),
		ORACLE_TEST("ports give each errno", ports),
		ORACLE_TEST("several options of bridges give each errno",
			    whole_bridges),
		ORACLE_TEST("several options of ports give each errno",
			    whole_ports),
		ORACLE_TEST("options of ports give each errno", port_options),
		ORACLE_TEST("FDBs give each errno", fdbs),
		ORACLE_TEST("flushes of FDBs give each errno", flushes),
		ORACLE_TEST("multicast groups give each errno", groups),
		ORACLE_TEST("names give each errno", names),
	};

	return run_all(tests);
}
