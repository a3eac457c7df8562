/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads all of a snapshot or an event. The tools' own code prints the options:
 * it reads each as a value, as text and as JSON. */

#include "unit/unit.h"

#include "fuzz/touch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "cli/values.h"
#include "fuzz/fuzz.h"

char touch_nothing;

/* A failed check aborts; there is no cmocka test around it. */
int LLVMFuzzerInitialize(int *count, char ***words)
{
	const struct cli cli = { .tool = "fuzz" };

	(void)count;
	(void)words;
	check(json_load(&cli) == 0, "no JSON");
	return setenv("CMOCKA_TEST_ABORT", "1", 1);
}

static void touch_text(const char *text)
{
	for (; *text; text++)
		check((unsigned char)*text >= ' ' && *text != 0x7f,
		      "character %d", *text);
}

bool touch_failed(const struct vbr_ctx *ctx, int rc)
{
	const char *text = vbr_ctx_kernel_text(ctx);
	const char *attr = vbr_ctx_kernel_attr(ctx);

	check(rc <= 0, "%d", rc);
	if (rc == 0)
		return false;
	check(*vbr_ctx_error(ctx), "no sentence about %d", rc);
	touch_text(vbr_ctx_error(ctx));
	if (text)
		touch_text(text);
	check(!attr || *attr, "an attribute without a name");
	check(vbr_ctx_kernel_errno(ctx) <= 0, "%d", vbr_ctx_kernel_errno(ctx));
	return true;
}

bool touch_lacks(const struct vbr_ctx *ctx, int rc, const void *output)
{
	check((output == UNTOUCHED) == (rc < 0), "%d, and an output", rc);
	return touch_failed(ctx, rc);
}

static void touch_options(struct vbr_ctx *ctx, enum vbr_scope scope,
			  const void *of)
{
	const struct cli cli = { .tool = "fuzz", .ctx = ctx };
	const struct values values = { scope, of };
	struct json *object = json_begin();

	values_print_row(&cli, &values);
	values_put(&cli, &values, object, NULL, 0);
	json_print(object);
}

static void touch_name(const char *name)
{
	char text[VBR_NAME_TEXT_SIZE];

	check(*name && strlen(name) < VBR_NAME_SIZE, "%zu bytes", strlen(name));
	check(vbr_format_name(name, text, sizeof(text)) < sizeof(text), "%s",
	      name);
	touch_text(text);
}

void touch_bridge(struct vbr_ctx *ctx, const struct vbr_bridge *bridge)
{
	struct vbr_bridge *copy;

	check(vbr_bridge_index(bridge) > 0, "%d", vbr_bridge_index(bridge));
	check(vbr_bridge_dup(bridge, &copy) == 0, "no memory");
	check(strcmp(vbr_bridge_name(copy), vbr_bridge_name(bridge)) == 0 &&
		      vbr_bridge_is_up(copy) == vbr_bridge_is_up(bridge),
	      "the copy differs");
	touch_name(vbr_bridge_name(copy));
	touch_options(ctx, VBR_SCOPE_BRIDGE, copy);
	vbr_bridge_free(copy);
}

void touch_port(struct vbr_ctx *ctx, const struct vbr_port *port)
{
	struct vbr_port *copy;

	check(vbr_port_index(port) > 0 && vbr_port_bridge_index(port) > 0,
	      "%d, %d", vbr_port_index(port), vbr_port_bridge_index(port));
	check(vbr_port_dup(port, &copy) == 0, "no memory");
	check(strcmp(vbr_port_name(copy), vbr_port_name(port)) == 0,
	      "the copy differs");
	touch_name(vbr_port_name(copy));
	touch_options(ctx, VBR_SCOPE_PORT, copy);
	vbr_port_free(copy);
}

void touch_vlan(struct vbr_ctx *ctx, const struct vbr_vlan *vlan)
{
	uint32_t from, to, flags;
	struct vbr_vlan *copy;

	check(vbr_vlan_index(vlan) > 0, "%d", vbr_vlan_index(vlan));
	check(vbr_vlan_dup(vlan, &copy) == 0, "no memory");
	check(strcmp(vbr_vlan_name(copy), vbr_vlan_name(vlan)) == 0 &&
		      vbr_vlan_parent_index(copy) ==
			      vbr_vlan_parent_index(vlan) &&
		      vbr_vlan_is_up(copy) == vbr_vlan_is_up(vlan) &&
		      vbr_vlan_flags(copy, &flags) ==
			      vbr_vlan_flags(vlan, &flags),
	      "the copy differs");
	for (size_t i = 0; vbr_vlan_ingress_at(copy, i, &from, &to); i++)
		check(i < 65536, "an endless map");
	for (size_t i = 0; vbr_vlan_egress_at(copy, i, &from, &to); i++)
		check(i < 65536, "an endless map");
	touch_name(vbr_vlan_name(copy));
	touch_options(ctx, VBR_SCOPE_VLAN, copy);
	vbr_vlan_free(copy);
}

void touch_entry(const struct vbr_fdb_entry *entry)
{
	struct vbr_remote remote;
	char text[VBR_MAC_TEXT_SIZE];

	vbr_format_mac(vbr_fdb_entry_mac(entry), text);
	check(strlen(text) == sizeof(text) - 1, "%s", text);
	check(vbr_fdb_entry_port_index(entry) > 0, "port %d",
	      vbr_fdb_entry_port_index(entry));
	check(vbr_fdb_entry_vlan(entry) <= UINT16_MAX, "VLAN %u",
	      vbr_fdb_entry_vlan(entry));
	check(vbr_fdb_entry_state(entry) <= VBR_FDB_EXPIRED, "state %d",
	      (int)vbr_fdb_entry_state(entry));
	check(!(vbr_fdb_entry_flags(entry) & VBR_FDB_USER), "flags %#x",
	      vbr_fdb_entry_flags(entry));
	vbr_fdb_entry_age(entry);
	vbr_fdb_entry_idle(entry);
	vbr_fdb_entry_protocol(entry);
	if (vbr_fdb_entry_remote(entry, &remote))
		check(strlen(remote.dst) < sizeof(remote.dst), "address %s",
		      remote.dst);
}

void touch_port_vlan(struct vbr_ctx *ctx, const struct vbr_port_vlan *vlan)
{
	const struct vbr_option *option;
	enum vbr_scope scope = VBR_SCOPE_BRIDGE_VLAN;
	uint64_t value;

	check(vbr_port_vlan_first(vlan) <= vbr_port_vlan_last(vlan) &&
		      vbr_port_vlan_last(vlan) <= 4094,
	      "%u-%u", vbr_port_vlan_first(vlan), vbr_port_vlan_last(vlan));
	check(vbr_port_vlan_index(vlan) > 0, "%d", vbr_port_vlan_index(vlan));
	vbr_port_vlan_bridge_index(vlan);
	vbr_port_vlan_flags(vlan);
	/* A row has the options of one scope; those of the other scope are
	 * unknown. */
	option = vbr_option_at(scope, 0);
	if (vbr_port_vlan_value(vlan, vbr_option_name(option), &value) ==
	    -ENOENT)
		scope = VBR_SCOPE_PORT_VLAN;
	touch_options(ctx, scope, vlan);
}

void touch_group(const struct vbr_mdb_entry *entry)
{
	struct vbr_remote remote;
	char text[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	vbr_mdb_entry_group(entry, text);
	check(*text && strlen(text) < sizeof(text), "%s", text);
	if (vbr_mdb_entry_source(entry, text))
		check(*text && strlen(text) < sizeof(text), "%s", text);
	for (size_t i = 0; vbr_mdb_entry_source_at(entry, i, text, &timer); i++)
		check(*text && i < 65536, "source %zu: %s", i, text);
	check(vbr_mdb_entry_index(entry) > 0, "%d", vbr_mdb_entry_index(entry));
	vbr_mdb_entry_bridge_index(entry);
	vbr_mdb_entry_vlan(entry);
	vbr_mdb_entry_flags(entry);
	vbr_mdb_entry_timer(entry);
	vbr_mdb_entry_mode(entry);
	vbr_mdb_format_protocol(vbr_mdb_entry_protocol(entry), text);
	vbr_mdb_entry_remote(entry, &remote);
}

void touch_router(const struct vbr_mdb_router *router)
{
	check(vbr_mdb_router_index(router) > 0, "%d",
	      vbr_mdb_router_index(router));
	vbr_mdb_router_bridge_index(router);
	vbr_mdb_router_type(router);
	vbr_mdb_router_vlan(router);
	vbr_mdb_router_timer(router);
}

int touch_event(const struct vbr_event *event, void *data)
{
	vbr_event_is_gone(event);
	switch (vbr_event_kind(event)) {
	case VBR_EVENT_BRIDGE:
		touch_bridge(data, vbr_event_bridge(event));
		break;
	case VBR_EVENT_PORT:
		touch_port(data, vbr_event_port(event));
		break;
	case VBR_EVENT_VLAN:
		touch_vlan(data, vbr_event_vlan(event));
		break;
	case VBR_EVENT_FDB:
		touch_entry(vbr_event_fdb_entry(event));
		break;
	case VBR_EVENT_PORT_VLAN:
		touch_port_vlan(data, vbr_event_port_vlan(event));
		break;
	case VBR_EVENT_MDB:
		touch_group(vbr_event_mdb_entry(event));
		break;
	case VBR_EVENT_ROUTER:
		touch_router(vbr_event_mdb_router(event));
		break;
	}
	return 0;
}
