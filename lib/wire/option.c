/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The table of kernel options, and the only code that puts an option on the
 * wire or takes it off. A new kernel option is one row here.
 */

#include "config.h"

#include "wire/option.h"

#include <endian.h>
#include <errno.h>
#include <linux/if_link.h>
#include <string.h>

#include "base/num.h"

/* The shapes that rows have; what is not named stays 0. */
#define NUMBER(t, lo, hi) .type = (t), .unit = UNIT_NUMBER, \
	.min = (lo), .max = (hi)
#define SWITCH(t) .type = (t), .unit = UNIT_SWITCH, .max = 1
#define TICKS(t, lo, hi) .type = (t), .unit = UNIT_TICKS, \
	.min = (lo), .max = (hi)
#define BRIDGE_ID .type = OPTION_BRIDGE_ID, .unit = UNIT_BRIDGE_ID, \
	.max = UINT64_MAX
#define SETTABLE .writable = true

static const struct option_row bridge_rows[] = {
	{ "forward_delay", IFLA_BR_FORWARD_DELAY,
	  TICKS(OPTION_U32, 200, 3000), SETTABLE, .since = "3.18",
	  .help = "time spent listening, and again learning, before a port "
		  "forwards; with STP off any value is taken" },
	{ "hello_time", IFLA_BR_HELLO_TIME,
	  TICKS(OPTION_U32, 100, 1000), SETTABLE, .since = "3.18",
	  .help = "time between the hello packets of a root bridge" },
	{ "max_age", IFLA_BR_MAX_AGE,
	  TICKS(OPTION_U32, 600, 4000), SETTABLE, .since = "3.18",
	  .help = "time without a hello after which a root is given up" },
	{ "ageing_time", IFLA_BR_AGEING_TIME,
	  TICKS(OPTION_U32, 0, UINT32_MAX), SETTABLE, .since = "4.1",
	  .help = "time after which a learned address is forgotten; 0 floods "
		  "every frame" },
	{ "stp_state", IFLA_BR_STP_STATE,
	  NUMBER(OPTION_U32, 0, 2), SETTABLE, .since = "4.1",
	  .help = "spanning tree: 0 off, 1 by the kernel, 2 by a program" },
	{ "priority", IFLA_BR_PRIORITY,
	  NUMBER(OPTION_U16, 0, UINT16_MAX), SETTABLE, .since = "4.1",
	  .help = "the bridge's priority to be root; the lowest wins" },
	{ "root_id", IFLA_BR_ROOT_ID, BRIDGE_ID, .since = "4.4",
	  .help = "id of the root bridge" },
	{ "bridge_id", IFLA_BR_BRIDGE_ID, BRIDGE_ID, .since = "4.4",
	  .help = "id of this bridge" },
	{ "root_port", IFLA_BR_ROOT_PORT,
	  NUMBER(OPTION_U16, 0, UINT16_MAX), .since = "4.4",
	  .help = "number of the port towards the root, 0 on the root" },
	{ "root_path_cost", IFLA_BR_ROOT_PATH_COST,
	  NUMBER(OPTION_U32, 0, UINT32_MAX), .since = "4.4",
	  .help = "cost of the path to the root" },
	{ "topology_change", IFLA_BR_TOPOLOGY_CHANGE,
	  SWITCH(OPTION_U8), .since = "4.4",
	  .help = "a topology change is under way" },
	{ "topology_change_detected", IFLA_BR_TOPOLOGY_CHANGE_DETECTED,
	  SWITCH(OPTION_U8), .since = "4.4",
	  .help = "this bridge has seen a topology change" },
	{ "hello_timer", IFLA_BR_HELLO_TIMER,
	  TICKS(OPTION_U64, 0, UINT64_MAX), .since = "4.4",
	  .help = "time to the next hello" },
	{ "tcn_timer", IFLA_BR_TCN_TIMER,
	  TICKS(OPTION_U64, 0, UINT64_MAX), .since = "4.4",
	  .help = "time to the next notice of a topology change" },
	{ "topology_change_timer", IFLA_BR_TOPOLOGY_CHANGE_TIMER,
	  TICKS(OPTION_U64, 0, UINT64_MAX), .since = "4.4",
	  .help = "time to the end of a topology change" },
	{ "gc_timer", IFLA_BR_GC_TIMER,
	  TICKS(OPTION_U64, 0, UINT64_MAX), .since = "4.4",
	  .help = "time to the next clean-up of the FDB" },
};

static const struct option_row port_rows[] = {
	{ "state", IFLA_BRPORT_STATE,
	  NUMBER(OPTION_U8, 0, 4), .since = "3.8",
	  .help = "STP state: 0 disabled, 1 listening, 2 learning, "
		  "3 forwarding, 4 blocking" },
	{ "priority", IFLA_BRPORT_PRIORITY,
	  NUMBER(OPTION_U16, 0, 63), SETTABLE, .since = "3.8",
	  .help = "the port's priority; the lowest wins" },
	{ "path_cost", IFLA_BRPORT_COST,
	  NUMBER(OPTION_U32, 1, UINT16_MAX), SETTABLE, .since = "3.8",
	  .help = "cost of the path through this port" },
	{ "hairpin_mode", IFLA_BRPORT_MODE,
	  SWITCH(OPTION_U8), SETTABLE, .since = "3.8",
	  .help = "frames may leave through the port they came in by" },
	{ "designated_root", IFLA_BRPORT_ROOT_ID, BRIDGE_ID, .since = "4.4",
	  .help = "id of the root bridge, as this port's segment knows it" },
	{ "designated_bridge", IFLA_BRPORT_BRIDGE_ID, BRIDGE_ID,
	  .since = "4.4",
	  .help = "id of the segment's designated bridge" },
	{ "designated_port", IFLA_BRPORT_DESIGNATED_PORT,
	  NUMBER(OPTION_U16, 0, UINT16_MAX), .since = "4.4",
	  .help = "id of the segment's designated port" },
	{ "designated_cost", IFLA_BRPORT_DESIGNATED_COST,
	  NUMBER(OPTION_U16, 0, UINT16_MAX), .since = "4.4",
	  .help = "cost from the designated port to the root" },
	{ "port_id", IFLA_BRPORT_ID,
	  NUMBER(OPTION_U16, 0, UINT16_MAX), .since = "4.4",
	  .help = "id of the port: its priority above its number" },
	{ "port_no", IFLA_BRPORT_NO,
	  NUMBER(OPTION_U16, 1, 1023), .since = "4.4",
	  .help = "number of the port on its bridge" },
	{ "change_ack", IFLA_BRPORT_TOPOLOGY_CHANGE_ACK,
	  SWITCH(OPTION_U8), .since = "4.4",
	  .help = "a topology change is to be acknowledged" },
	{ "config_pending", IFLA_BRPORT_CONFIG_PENDING,
	  SWITCH(OPTION_U8), .since = "4.4",
	  .help = "a configuration message waits for the hold timer" },
	{ "message_age_timer", IFLA_BRPORT_MESSAGE_AGE_TIMER,
	  TICKS(OPTION_U64, 0, UINT64_MAX), .since = "4.4",
	  .help = "time left to what this port was told last" },
	{ "forward_delay_timer", IFLA_BRPORT_FORWARD_DELAY_TIMER,
	  TICKS(OPTION_U64, 0, UINT64_MAX), .since = "4.4",
	  .help = "time to the port's next state" },
	{ "hold_timer", IFLA_BRPORT_HOLD_TIMER,
	  TICKS(OPTION_U64, 0, UINT64_MAX), .since = "4.4",
	  .help = "time to the next configuration message" },
};

static const struct option_row vlan_rows[] = {
	{ "id", IFLA_VLAN_ID,
	  NUMBER(OPTION_U16, 0, 4094), .since = "2.6.25",
	  .help = "the VLAN's number" },
	{ "protocol", IFLA_VLAN_PROTOCOL,
	  NUMBER(OPTION_BE16, 0, UINT16_MAX), .since = "3.10",
	  .help = "the tag's type: 0x8100 802.1Q, 0x88a8 802.1ad" },
};

static const struct {
	const struct option_row *rows;
	size_t count;
} tables[] = {
	[SCOPE_BRIDGE] = { bridge_rows,
		sizeof(bridge_rows) / sizeof(bridge_rows[0]) },
	[SCOPE_PORT] = { port_rows,
		sizeof(port_rows) / sizeof(port_rows[0]) },
	[SCOPE_VLAN] = { vlan_rows,
		sizeof(vlan_rows) / sizeof(vlan_rows[0]) },
};

static const uint8_t widths[] = {
	[OPTION_U8] = 1,
	[OPTION_U16] = 2,
	[OPTION_U32] = 4,
	[OPTION_U64] = 8,
	[OPTION_BE16] = 2,
	[OPTION_BRIDGE_ID] = 8,
};

const struct option_row *option_rows(enum option_scope scope,
				     size_t *ret_count)
{
	*ret_count = tables[scope].count;
	return tables[scope].rows;
}

const struct option_row *option_find(enum option_scope scope,
				     const char *name)
{
	for (size_t i = 0; i < tables[scope].count; i++)
		if (strcmp(tables[scope].rows[i].name, name) == 0)
			return &tables[scope].rows[i];
	return NULL;
}

const struct option_row *option_find_attr(enum option_scope scope,
					  unsigned int attr)
{
	for (size_t i = 0; i < tables[scope].count; i++)
		if (tables[scope].rows[i].attr == attr)
			return &tables[scope].rows[i];
	return NULL;
}

/* The largest value that the option's attribute can carry. */
uint64_t option_wire_max(const struct option_row *option)
{
	if (option->unit == UNIT_SWITCH)
		return 1;
	return UINT64_MAX >> (64 - 8 * widths[option->type]);
}

int option_parse(const struct option_row *option, const char *text,
		 uint64_t *ret_value)
{
	switch (option->unit) {
	case UNIT_SWITCH:
		return num_parse_switch(text, ret_value);
	case UNIT_TICKS:
		return num_parse_ticks(text, option_wire_max(option),
				       ret_value);
	default:
		return num_parse(text, option_wire_max(option), ret_value);
	}
}

int option_put(struct nlmsghdr *msg, size_t size,
	       const struct option_row *option, uint64_t value)
{
	uint8_t value8 = (uint8_t)value;
	uint16_t value16 = (uint16_t)value;
	uint32_t value32 = (uint32_t)value;
	uint16_t big16 = htobe16(value16);
	uint64_t id = htobe64(value);
	const void *wire[] = {
		[OPTION_U8] = &value8,
		[OPTION_U16] = &value16,
		[OPTION_U32] = &value32,
		[OPTION_U64] = &value,
		[OPTION_BE16] = &big16,
		[OPTION_BRIDGE_ID] = &id,
	};

	if (!option->writable)
		return -EACCES;
	if (value > option_wire_max(option))
		return -ERANGE;
	if (!attr_put(msg, size, option->attr, wire[option->type],
		      widths[option->type]))
		return -EMSGSIZE;
	return 0;
}

static uint64_t read_value(enum option_type type, const struct nlattr *attr)
{
	uint64_t value;

	switch (type) {
	case OPTION_U8:
		return *(const uint8_t *)attr_data(attr);
	case OPTION_U16:
		return attr_u16(attr);
	case OPTION_U32:
		return attr_u32(attr);
	case OPTION_BE16:
		return be16toh(attr_u16(attr));
	default:
		memcpy(&value, attr_data(attr), sizeof(value));
		return type == OPTION_BRIDGE_ID ? be64toh(value) : value;
	}
}

/* -ENODATA: the kernel sent none; -EBADMSG: it sent one of another width. */
int option_get(struct attr_span attrs, const struct option_row *option,
	       uint64_t *ret_value)
{
	const struct nlattr *attr;

	while ((attr = attr_take(&attrs))) {
		if (attr_type(attr) != option->attr)
			continue;
		if (attr_len(attr) != widths[option->type])
			return -EBADMSG;
		*ret_value = read_value(option->type, attr);
		return 0;
	}
	return -ENODATA;
}
