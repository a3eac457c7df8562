/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Counts the changes that restore sends to a real kernel: one for each
 * difference. */

#include "oracle/oracle.h"

#include <linux/sockios.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"

/* --- a transport that counts ---------------------------------------------- */

static size_t changes;

/* The types of rtnetlink come in groups of four; the third of each is
 * RTM_GET*. */
static bool is_get(const struct nlmsghdr *msg)
{
	return (msg->nlmsg_type & 3) == (RTM_GETLINK & 3);
}

/* A datagram can have many requests. */
static int counting_send(void *data, const void *bytes, size_t len)
{
	const struct nlmsghdr *msg = bytes;

	for (int left = (int)len; NLMSG_OK(msg, (unsigned int)left);
	     msg = NLMSG_NEXT(msg, left))
		changes += !is_get(msg);
	return kernel_transport.send(data, bytes, len);
}

static int counting_ioctl(void *data, unsigned long request, void *argument)
{
	changes += request != SIOCGIFINDEX && request != SIOCGIFNAME;
	return kernel_transport.ioctl(data, request, argument);
}

static int counting_write_file(void *data, const char *path, const char *text)
{
	changes++;
	return kernel_transport.write_file(data, path, text);
}

static struct transport counting;

static void count_changes(struct vbr_ctx *ctx)
{
	counting = kernel_transport;
	counting.send = counting_send;
	counting.ioctl = counting_ioctl;
	counting.write_file = counting_write_file;
	ctx->transport = &counting;
}

/* --- restore -------------------------------------------------------------- */

/* Restores the current state with these lines added, and expects "wanted"
 * changes. */
static void changes_are(struct oracle *o, const char *lines, size_t wanted)
{
	struct vbr_config *now, *config;
	char *text;

	assert_int_equal(vbr_config_capture(o->ctx, NULL, 0, &now), 0);
	assert_true(asprintf(&text, "%s%s", vbr_config_text(now), lines) > 0);
	assert_int_equal(vbr_config_parse(o->ctx, "text", text, strlen(text),
					  &config),
			 0);
	changes = 0;
	assert_int_equal(vbr_config_restore(o->ctx, config, VBR_CONFIG_EXACT,
					    NULL),
			 0);
	check(changes == wanted, "%zu changes, and not %zu, for %s", changes,
	      wanted, lines);
	changes = 0;
	assert_int_equal(vbr_config_restore(o->ctx, config, VBR_CONFIG_EXACT,
					    NULL),
			 0);
	check(changes == 0, "%zu changes the second time, for %s", changes,
	      lines);
	vbr_config_free(config);
	vbr_config_free(now);
	free(text);
}

static void make_bridges(struct oracle *o)
{
	char port[16], peer[16];

	make_bridge(o, "br0");
	make_bridge(o, "br1");
	set_up(o, "br0");
	for (int i = 0; i < 5; i++) {
		snprintf(port, sizeof(port), "v%d", i);
		snprintf(peer, sizeof(peer), "w%d", i);
		make_veth(o, port, peer);
		assert_int_equal(vbr_port_add(o->ctx, "br0", port), 0);
		set_up(o, port);
	}
}

static void as_many(void **state)
{
	struct oracle *o = *state;

	make_bridges(o);
	count_changes(o->ctx);
	changes_are(o, "", 0);
	changes_are(o, "setport br0 v3 isolated=on\n", 1);
	changes_are(o, "setport br0 v3 path_cost=7 priority=5\n", 1);
	changes_are(o, "set br1 ageing_time=7\n", 1);
	changes_are(o, "link v4 down\n", 1);
	changes_are(o, "addmac br0 v1 02:00:00:00:00:01\n", 1);
	changes_are(o, "setport br0 v1 isolated=on\nset br0 ageing_time=9\n",
		    2);
	changes_are(o, "addbr br2\n", 1);
	o->ctx->transport = &kernel_transport;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("one difference is one change, none is no change",
			    as_many),
	};

	return run_all(tests);
}
