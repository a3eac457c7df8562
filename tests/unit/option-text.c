/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Values of options from and to text, by type; and what vbridge.h reports about
 * options. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "unit/attrs.h"
#include "unit/fake-kernel.h"
#include "unit/options.h"
#include "vbridge.h"
#include "wire/message.h"
#include "wire/option-text.h"

#define BRIDGE VBR_SCOPE_BRIDGE
#define PORT VBR_SCOPE_PORT
#define VLAN VBR_SCOPE_VLAN

/* The type and the width of an option determine how its text is parsed. */
static const struct {
	enum vbr_scope scope;
	const char *option, *text;
	int rc;
	uint64_t value;
	const char *why;
} readings[] = {
	{ BRIDGE, "forward_delay", "1.999", 0, 199 },
	{ BRIDGE, "ageing_time", "42949672.95", 0, UINT32_MAX },
	{ BRIDGE, "ageing_time", "42949673", -ERANGE, 0,
	  "\"42949673\" is not a value of ageing_time: Numerical result "
	  "out of range; ageing_time ranges from 0.00 to 42949672.95 s" },
	{ BRIDGE, "ageing_time", "-1", -ERANGE },
	{ BRIDGE, "priority", "0x8000", 0, 32768 },
	{ BRIDGE, "priority", "010", 0, 8 },
	{ BRIDGE, "priority", "65536", -ERANGE, 0,
	  "\"65536\" is not a value of priority: Numerical result out of "
	  "range; priority ranges from 0 to 65535" },
	{ BRIDGE, "priority", "1.5", -EINVAL, 0,
	  "\"1.5\" is not a value of priority: it takes a whole number" },
	{ BRIDGE, "stp_state", "on", 0, 1 },
	{ BRIDGE, "stp_state", "no", 0, 0 },
	{ BRIDGE, "stp_state", "2", 0, 2 },
	{ BRIDGE, "stp_state", "true", -EINVAL, 0,
	  "\"true\" is not a value of stp_state: it takes a whole number, or one "
	  "of the words: off on" },
	{ BRIDGE, "default_pvid", "none", 0, 0 },
	{ BRIDGE, "default_pvid", "07", 0, 7 },
	{ BRIDGE, "default_pvid", "no", -EINVAL, 0,
	  "\"no\" is not a value of default_pvid: it takes a whole number, or one "
	  "of the words: none" },
	{ BRIDGE, "multicast_router", "on", -EINVAL },
	{ BRIDGE, "hello_time", "2s", -EINVAL, 0,
	  "\"2s\" is not a value of hello_time: it takes seconds" },
	{ PORT, "path_cost", "4294967295", 0, UINT32_MAX },
	{ PORT, "path_cost", "4294967296", -ERANGE },
	{ PORT, "hairpin_mode", "on", 0, 1 },
	{ PORT, "hairpin_mode", "2", -EINVAL, 0,
	  "\"2\" is not a value of hairpin_mode: it takes on or off" },
	{ BRIDGE, "flush", "1", 0, 1 },
	{ BRIDGE, "flush", "now", -EINVAL, 0,
	  "\"now\" is not a value of flush: it takes only on, which starts the action" },
	{ BRIDGE, "group_addr", "01:80:c2:00:00:0f", 0,
	  UINT64_C(0x0180c200000f) },
	{ BRIDGE, "group_addr", "01:80:c2:00:00", -EINVAL, 0,
	  "\"01:80:c2:00:00\" is not a value of group_addr: it takes a "
	  "MAC address" },
	{ BRIDGE, "group_fwd_mask", "0x4000", 0, 0x4000 },
	{ BRIDGE, "vlan_protocol", "802.1ad", 0, 0x88a8 },
	{ BRIDGE, "vlan_protocol", "802.1q", 0, 0x8100 },
	{ BRIDGE, "vlan_protocol", "0x9100", 0, 0x9100 },
	{ BRIDGE, "vlan_protocol", "802.1x", -EINVAL, 0,
	  "\"802.1x\" is not a value of vlan_protocol: it takes 802.1Q "
	  "or 802.1ad" },
	{ BRIDGE, "stp_mode", "auto", 0, 0 },
	{ BRIDGE, "stp_mode", "kernel", 0, 2 },
	{ BRIDGE, "stp_mode", "1", 0, 1 },
	{ BRIDGE, "stp_mode", "kern", -EINVAL, 0,
	  "\"kern\" is not a value of stp_mode: it takes one of the "
	  "words: auto user kernel" },
	{ BRIDGE, "stp_mode", "", -EINVAL },
	{ BRIDGE, "stp_mode", "user kernel", -EINVAL },
	{ PORT, "state", "blocking", 0, 4 },
	{ BRIDGE, "root_id", "8000.000000000000", -EINVAL, 0,
	  "\"8000.000000000000\" is not a value of root_id: it can only "
	  "be read" },
	{ BRIDGE, "querier_ipv4_address", "1.2.3.4", -EINVAL },
	{ VLAN, "egress_qos_map", "1:2", -EINVAL },
	{ PORT, "backup_port", "", 0, 0 },
};

static void parsed(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(readings); i++) {
		uint64_t value = 4711,
			 expected = readings[i].rc ? 4711 : readings[i].value;
		const struct vbr_option *option =
			vbr_option_find(readings[i].scope, readings[i].option);
		int rc = vbr_option_parse(ctx, option, readings[i].text,
					  &value);

		check(rc == readings[i].rc, "%s %s gives %d",
		      readings[i].option, readings[i].text, rc);
		check(value == expected, "%s %s", readings[i].option,
		      readings[i].text);
		if (readings[i].why)
			assert_string_equal(vbr_ctx_error(ctx),
					    readings[i].why);
	}
	fake_end(fake_kernel, ctx);
}

static void formatted(void **state)
{
	static const struct {
		enum vbr_scope scope;
		const char *option;
		uint64_t value;
		const char *text;
	} rows[] = {
		{ BRIDGE, "forward_delay", 1500, "15.00" },
		{ BRIDGE, "forward_delay", 7, "0.07" },
		{ BRIDGE, "gc_timer", UINT64_MAX, "184467440737095516.15" },
		{ BRIDGE, "priority", 32768, "32768" },
		{ PORT, "hairpin_mode", 0, "off" },
		{ PORT, "hairpin_mode", 1, "on" },
		{ PORT, "hairpin_mode", 7, "on" },
		{ PORT, "port_id", 0x8001, "0x8001" },
		{ BRIDGE, "group_fwd_mask", 0, "0x0" },
		{ BRIDGE, "group_addr", UINT64_C(0x0180c2000000),
		  "01:80:c2:00:00:00" },
		{ BRIDGE, "bridge_id", UINT64_C(0x80000a1b2c3d4e5f),
		  "8000.0a1b2c3d4e5f" },
		{ BRIDGE, "vlan_protocol", 0x8100, "802.1Q" },
		{ BRIDGE, "vlan_protocol", 0x88a8, "802.1ad" },
		{ BRIDGE, "vlan_protocol", 0x9100, "0x9100" },
		{ BRIDGE, "stp_mode", 2, "kernel" },
		{ BRIDGE, "stp_mode", 3, "3" },
		{ BRIDGE, "stp_mode", UINT32_MAX, "4294967295" },
		{ PORT, "state", 0, "disabled" },
		{ PORT, "state", 3, "forwarding" },
		{ BRIDGE, "querier_ipv4_address", 0x0a000001, "10.0.0.1" },
		{ PORT, "backup_port", 0, "" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	char text[VBR_OPTION_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct vbr_option *option =
			vbr_option_find(rows[i].scope, rows[i].option);
		size_t len = strlen(rows[i].text);

		assert_int_equal(vbr_option_format(ctx, option, rows[i].value,
						   text, sizeof(text)),
				 0);
		assert_string_equal(text, rows[i].text);
		/* A buffer of exactly this size, and one that is a byte
		 * smaller. */
		memset(text, '#', sizeof(text));
		assert_int_equal(vbr_option_format(ctx, option, rows[i].value,
						   text, len + 1),
				 0);
		assert_string_equal(text, rows[i].text);
		assert_int_equal(text[len + 1], '#');
		memset(text, '#', sizeof(text));
		assert_int_equal(vbr_option_format(ctx, option, rows[i].value,
						   text, len),
				 -ENOSPC);
		assert_int_equal(text[len], '#');
	}
	fake_end(fake_kernel, ctx);
}

static void devices(void **state)
{
	const struct vbr_option *option = vbr_option_find(PORT, "backup_port");
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	char text[VBR_OPTION_TEXT_SIZE];
	uint64_t value = 4711;

	(void)state;
	fake_index(fake_kernel, "eth1", 7);
	assert_int_equal(vbr_option_parse(ctx, option, "eth1", &value), 0);
	assert_int_equal(value, 7);
	fake_index(fake_kernel, "gone", -ENODEV);
	assert_int_equal(vbr_option_parse(ctx, option, "gone", &value),
			 -ENODEV);
	assert_int_equal(value, 7);
	assert_string_equal(vbr_ctx_error(ctx), "\"gone\" is not a value of "
						"backup_port: No such device");
	fake_name(fake_kernel, 7, "eth1");
	assert_int_equal(vbr_option_format(ctx, option, 7, text, sizeof(text)),
			 0);
	assert_string_equal(text, "eth1");
	fake_name(fake_kernel, 8, NULL);
	assert_int_equal(vbr_option_format(ctx, option, 8, text, sizeof(text)),
			 0);
	assert_string_equal(text, "if8");
	fake_end(fake_kernel, ctx);
}

/* A device that is gone is not an error. The texts of the last operation, with
 * which an error would start, may be gone, too. */
static void device_gone(void **state)
{
	const struct vbr_option *option = vbr_option_find(PORT, "backup_port");
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	char *word = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	char text[VBR_OPTION_TEXT_SIZE];
	uint64_t value = 4711;

	(void)state;
	assert_true(word != MAP_FAILED);
	strcpy(word, "gone");
	fake_index(fake_kernel, word, -ENODEV);
	assert_int_equal(vbr_option_parse(ctx, option, word, &value), -ENODEV);
	assert_int_equal(munmap(word, size), 0);
	fake_name(fake_kernel, 8, NULL);
	assert_int_equal(vbr_option_format(ctx, option, 8, text, sizeof(text)),
			 0);
	assert_string_equal(text, "if8");
	assert_string_equal(vbr_ctx_error(ctx), "\"gone\" is not a value of "
						"backup_port: No such device");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -ENODEV);
	fake_end(fake_kernel, ctx);
}

/* Values that are not numbers; built by libnl-3. */
static void long_ones(void **state)
{
	static const uint8_t address[16] = { 0xfe, 0x80, [15] = 1 };
	const uint32_t first[2] = { 3, 5 }, second[2] = { 4294967295u, 7 };
	char buffer[256] = { 0 }, text[64];
	struct nlmsghdr *msg = put_header(buffer);
	struct nlattr *nest = nest_start(msg, 47);
	const struct vbr_option *querier, *map;
	struct attr_span span;
	uint64_t value = 4711;

	(void)state;
	put_attr(msg, 5, sizeof(address), address);
	nest_end(msg, nest);
	nest = nest_start(msg, 3);
	put_attr(msg, 1, sizeof(first), first);
	put_attr(msg, 1, 3, second);
	put_attr(msg, 2, sizeof(second), second);
	put_attr(msg, 1, sizeof(second), second);
	nest_end(msg, nest);
	span = message_attrs(msg, 0);

	querier = option_find(VBR_SCOPE_BRIDGE, "querier_ipv6_address");
	assert_int_equal(option_get(span, querier, &value), -EOVERFLOW);
	assert_int_equal(option_text(span, querier, text, sizeof(text)), 7);
	assert_string_equal(text, "fe80::1");
	map = option_find(VBR_SCOPE_VLAN, "egress_qos_map");
	assert_int_equal(option_get(span, map, &value), -EOVERFLOW);
	assert_int_equal(option_text(span, map, text, sizeof(text)), 16);
	assert_string_equal(text, "3:5,4294967295:7");
	assert_int_equal(option_text(span, map, text, 6), 16);
	assert_string_equal(text, "3:5,4");
	map = option_find(VBR_SCOPE_VLAN, "ingress_qos_map");
	assert_int_equal(option_text(span, map, text, sizeof(text)), -ENODATA);
	assert_int_equal(value, 4711);
}

/* Attributes wider than a number may have any value. */
static void widest(void **state)
{
	(void)state;
	assert_int_equal(option_wire_max(
				 option_find(VBR_SCOPE_VLAN, "egress_qos_map")),
			 0);
	assert_int_equal(option_wire_max(option_find(VBR_SCOPE_BRIDGE,
						     "querier_ipv6_address")),
			 UINT64_MAX);
}

/* Each type in vbridge.h is the one in the table. */
static void units(void **state)
{
	static const struct {
		enum vbr_scope scope;
		const char *option;
		enum vbr_option_type unit;
	} rows[] = {
		{ BRIDGE, "priority", VBR_OPTION_NUMBER },
		{ PORT, "isolated", VBR_OPTION_BOOL },
		{ BRIDGE, "max_age", VBR_OPTION_TICKS },
		{ BRIDGE, "root_id", VBR_OPTION_BRIDGE_ID },
		{ BRIDGE, "group_addr", VBR_OPTION_MAC },
		{ BRIDGE, "group_fwd_mask", VBR_OPTION_MASK },
		{ PORT, "state", VBR_OPTION_ENUM },
		{ BRIDGE, "vlan_protocol", VBR_OPTION_PROTOCOL },
		{ PORT, "backup_port", VBR_OPTION_DEVICE },
		{ BRIDGE, "querier_ipv6_address", VBR_OPTION_IP },
		{ VLAN, "egress_qos_map", VBR_OPTION_MAP },
		{ PORT, "flush", VBR_OPTION_ACTION },
		{ VBR_SCOPE_PORT_VLAN, "state", VBR_OPTION_ENUM },
		{ VBR_SCOPE_BRIDGE_VLAN, "msti", VBR_OPTION_NUMBER },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check(vbr_option_type(
			      vbr_option_find(rows[i].scope, rows[i].option)) ==
			      rows[i].unit,
		      "%s", rows[i].option);
}

static void describes_itself(void **state)
{
	static const char *const others[] = { "root_id", "flush", "stp_state",
					      "hash_elasticity" };
	const struct vbr_option *option;
	size_t count = 0;

	(void)state;
	for (int scope = 0; scope < SCOPES; scope++)
		for (size_t i = 0;
		     (option = vbr_option_at((enum vbr_scope)scope, i)); i++) {
			count++;
			assert_ptr_equal(option,
					 vbr_option_find((enum vbr_scope)scope,
							 vbr_option_name(
								 option)));
		}
	assert_int_equal(count, known_count);
	assert_null(vbr_option_at(BRIDGE, SIZE_MAX));
	assert_null(vbr_option_at((enum vbr_scope)SCOPES, 0));
	assert_null(vbr_option_at((enum vbr_scope) - 1, 0));
	assert_null(vbr_option_find((enum vbr_scope)SCOPES, "priority"));
	assert_null(vbr_option_find(BRIDGE, "path_cost"));
	assert_null(vbr_option_find(BRIDGE, "Priority"));

	option = vbr_option_find(BRIDGE, "mcast_query_interval");
	assert_string_equal(vbr_option_name(option),
			    "multicast_query_interval");
	assert_string_equal(vbr_option_alias(option), "mcast_query_interval");
	assert_null(vbr_option_words(option));
	assert_true(vbr_option_is_readable(option));
	assert_true(vbr_option_is_settable(option));
	assert_int_equal(vbr_option_min(option), 100);
	assert_int_equal(vbr_option_max(option), 8640000);
	assert_string_equal(vbr_option_since(option), "4.4");
	assert_string_equal(vbr_option_help(option),
			    "time between the queries after the start");
	option = vbr_option_find(BRIDGE, "stp_mode");
	assert_null(vbr_option_alias(option));
	assert_string_equal(vbr_option_words(option), "auto user kernel");
	assert_string_equal(vbr_option_words(
				    vbr_option_find(BRIDGE, "default_pvid")),
			    "none");
	assert_false(
		vbr_option_is_settable(vbr_option_find(BRIDGE, "root_id")));
	assert_false(vbr_option_is_readable(vbr_option_find(PORT, "flush")));
	assert_null(vbr_option_also(option));
	assert_string_equal(vbr_option_also(
				    vbr_option_find(BRIDGE, "stp_state")),
			    "forward_delay");
	assert_true(vbr_option_reads_back(vbr_option_find(BRIDGE, "priority")));
	for (size_t i = 0; i < COUNT(others); i++)
		assert_false(vbr_option_reads_back(
			vbr_option_find(BRIDGE, others[i])));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("text is parsed by the type of the option", parsed),
		TEST("values are formatted by the type of the option",
		     formatted),
		TEST("devices are formatted and found by name", devices),
		TEST("a device that is gone is not an error", device_gone),
		TEST("IPv6 addresses and maps are formatted", long_ones),
		TEST("a number is not a map", widest),
		TEST("types of options are those in the table", units),
		TEST("each option describes itself", describes_itself),
	};

	return run_all(tests);
}
