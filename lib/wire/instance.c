/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses the attributes of MRP and CFM. */

#include "config.h"

#include "wire/instance.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "wire/kernel.h"
#include "wire/request.h"

/* --- the tables ----------------------------------------------------------- */

#define U8 NUMBER(WIRE_U8, 0, UINT8_MAX)
#define U16 NUMBER(WIRE_U16, 0, UINT16_MAX)
#define U32 NUMBER(WIRE_U32, 0, UINT32_MAX)
#define SWITCH .wire = WIRE_U32, .type = VBR_OPTION_BOOL, .max = 1
#define DEVICE .wire = WIRE_U32, .type = VBR_OPTION_DEVICE, .max = INT32_MAX
#define MAC .wire = WIRE_MAC, .type = VBR_OPTION_MAC, .max = (1ULL << 48) - 1

/* An attribute and its nest. */
#define MRP(attr) IFLA_BRIDGE_MRP_INFO_##attr, IFLA_BRIDGE_MRP_INFO
#define MEP(attr) VB_CFM_CREATE_##attr, VB_CFM_CREATE_INFO
#define CONFIG(attr) VB_CFM_CONFIG_##attr, VB_CFM_CONFIG_INFO
#define CC(attr) VB_CFM_CC_##attr, VB_CFM_CC_CONFIG_INFO
#define TX(attr) VB_CFM_TX_##attr, VB_CFM_CC_CCM_TX_INFO
#define STATUS(attr) VB_CFM_STATUS_##attr, VB_CFM_STATUS_INFO
#define PEER(attr) VB_CFM_PEER_STATUS_##attr, VB_CFM_PEER_STATUS_INFO

static const struct vbr_option mrp_rows[] = {
	{ "ring_id", "", MRP(RING_ID), U32, READABLE, .since = "5.8" },
	{ "p_port", "", MRP(P_IFINDEX), DEVICE, READABLE, .since = "5.8" },
	{ "s_port", "", MRP(S_IFINDEX), DEVICE, READABLE, .since = "5.8" },
	{ "prio", "", MRP(PRIO), U16, READABLE, .since = "5.8" },
	{ "ring_state", "", MRP(RING_STATE), ENUM(WIRE_U32, 1, "open closed"),
	  READABLE, .since = "5.8" },
	{ "ring_role", "", MRP(RING_ROLE),
	  ENUM(WIRE_U32, 3, "disabled MRC MRM MRA"), READABLE, .since = "5.8" },
	{ "test_interval", "", MRP(TEST_INTERVAL), U32, READABLE,
	  .since = "5.8" },
	{ "test_max_miss", "", MRP(TEST_MAX_MISS), U32, READABLE,
	  .since = "5.8" },
	{ "test_monitor", "", MRP(TEST_MONITOR), SWITCH, READABLE,
	  .since = "5.8" },
	{ "i_port", "", MRP(I_IFINDEX), DEVICE, READABLE, .since = "5.9" },
	{ "in_state", "", MRP(IN_STATE), ENUM(WIRE_U32, 1, "open closed"),
	  READABLE, .since = "5.9" },
	{ "in_role", "", MRP(IN_ROLE), ENUM(WIRE_U32, 2, "disabled MIC MIM"),
	  READABLE, .since = "5.9" },
	{ "in_test_interval", "", MRP(IN_TEST_INTERVAL), U32, READABLE,
	  .since = "5.9" },
	{ "in_test_max_miss", "", MRP(IN_TEST_MAX_MISS), U32, READABLE,
	  .since = "5.9" },
};

static const struct vbr_option mep_rows[] = {
	{ "instance", "", MEP(INSTANCE), U32, READABLE, .since = "5.11" },
	{ "domain", "", MEP(DOMAIN), ENUM(WIRE_U32, 1, "port vlan"), READABLE,
	  .since = "5.11" },
	{ "direction", "", MEP(DIRECTION), ENUM(WIRE_U32, 1, "down up"),
	  READABLE, .since = "5.11" },
	{ "port", "", MEP(IFINDEX), DEVICE, READABLE, .since = "5.11" },
	{ "mac", "", CONFIG(UNICAST_MAC), MAC, READABLE, .since = "5.11" },
	{ "mdlevel", "", CONFIG(MDLEVEL), U32, READABLE, .since = "5.11" },
	{ "mepid", "", CONFIG(MEPID), U32, READABLE, .since = "5.11" },
	{ "cc_enable", "", CC(ENABLE), SWITCH, READABLE, .since = "5.11" },
	{ "cc_interval", "", CC(EXP_INTERVAL),
	  ENUM(WIRE_U32, 7, "none 3.3ms 10ms 100ms 1s 10s 1min 10min"),
	  READABLE, .since = "5.11" },
	{ "rdi", "", VB_CFM_RDI_RDI, VB_CFM_CC_RDI_INFO, SWITCH, READABLE,
	  .since = "5.11" },
	{ "tx_mac", "", TX(DMAC), MAC, READABLE, .since = "5.11" },
	{ "tx_seq_no_update", "", TX(SEQ_NO_UPDATE), SWITCH, READABLE,
	  .since = "5.11" },
	{ "tx_period", "", TX(PERIOD), U32, READABLE, .since = "5.11" },
	{ "tx_if_tlv", "", TX(IF_TLV), SWITCH, READABLE, .since = "5.11" },
	{ "tx_if_tlv_value", "", TX(IF_TLV_VALUE), U8, READABLE,
	  .since = "5.11" },
	{ "tx_port_tlv", "", TX(PORT_TLV), SWITCH, READABLE, .since = "5.11" },
	{ "tx_port_tlv_value", "", TX(PORT_TLV_VALUE), U8, READABLE,
	  .since = "5.11" },
	{ "opcode_unexp_seen", "", STATUS(OPCODE_UNEXP_SEEN), SWITCH, READABLE,
	  .since = "5.11" },
	{ "version_unexp_seen", "", STATUS(VERSION_UNEXP_SEEN), SWITCH,
	  READABLE, .since = "5.11" },
	{ "rx_level_low_seen", "", STATUS(RX_LEVEL_LOW_SEEN), SWITCH, READABLE,
	  .since = "5.11" },
};

static const struct vbr_option peer_rows[] = {
	{ "instance", "", VB_CFM_PEER_INSTANCE, VB_CFM_PEER_INFO, U32, READABLE,
	  .since = "5.11" },
	{ "mepid", "", VB_CFM_PEER_MEPID, VB_CFM_PEER_INFO, U32, READABLE,
	  .since = "5.11" },
	{ "ccm_defect", "", PEER(CCM_DEFECT), SWITCH, READABLE,
	  .since = "5.11" },
	{ "rdi", "", PEER(RDI), SWITCH, READABLE, .since = "5.11" },
	{ "port_tlv_value", "", PEER(PORT_TLV_VALUE), U8, READABLE,
	  .since = "5.11" },
	{ "if_tlv_value", "", PEER(IF_TLV_VALUE), U8, READABLE,
	  .since = "5.11" },
	{ "seen", "", PEER(SEEN), SWITCH, READABLE, .since = "5.11" },
	{ "tlv_seen", "", PEER(TLV_SEEN), SWITCH, READABLE, .since = "5.11" },
	{ "seq_unexp_seen", "", PEER(SEQ_UNEXP_SEEN), SWITCH, READABLE,
	  .since = "5.11" },
};

static const struct option_table tables[INSTANCE_KINDS] = {
	[VBR_INSTANCE_MRP] = OPTION_ROWS(mrp_rows),
	[VBR_INSTANCE_MEP] = OPTION_ROWS(mep_rows),
	[VBR_INSTANCE_PEER] = OPTION_ROWS(peer_rows),
};

const struct option_table *instance_table(enum vbr_instance_kind kind)
{
	return &tables[kind];
}

/* --- reads ---------------------------------------------------------------- */

struct attr_span instance_attrs(struct attr_span af_spec, bool cfm)
{
	const struct nlattr *attr = attr_take_of(&af_spec,
						 cfm ? VB_IFLA_BRIDGE_CFM
						     : IFLA_BRIDGE_MRP);

	return attr ? attr_nested(attr) : (struct attr_span){ 0 };
}

/* In each nest, the first attribute is the number of the instance, and the
 * second one of nests about peers is the id of the peer. */
enum { NUMBER_ATTR = 1, PEER_ATTR = 2 };

static bool read_u32(const struct nlattr *nest, unsigned int type,
		     uint32_t *ret_value)
{
	struct attr_span attrs = attr_nested(nest);
	const struct nlattr *attr = attr_take_of(&attrs, type);

	if (!attr || mnl_attr_get_payload_len(attr) != sizeof(*ret_value))
		return false;
	*ret_value = mnl_attr_get_u32(attr);
	return true;
}

/* Each instance has one nest of this type. -1: none. */
static int kind_of(unsigned int type, bool cfm)
{
	if (!cfm)
		return type == IFLA_BRIDGE_MRP_INFO ? VBR_INSTANCE_MRP : -1;
	switch (type) {
	case VB_CFM_CREATE_INFO:
		return VBR_INSTANCE_MEP;
	case VB_CFM_PEER_INFO:
		return VBR_INSTANCE_PEER;
	default:
		return -1;
	}
}

int instance_take(struct attr_span *attrs, bool cfm,
		  struct vbr_instance *ret_instance)
{
	const struct nlattr *nest;

	while ((nest = attr_take(attrs))) {
		struct vbr_instance instance = { 0 };
		int kind = kind_of(mnl_attr_get_type(nest), cfm);

		if (kind < 0)
			continue;
		instance.kind = (uint8_t)kind;
		if (!read_u32(nest, NUMBER_ATTR, &instance.number) ||
		    (kind == VBR_INSTANCE_PEER &&
		     !read_u32(nest, PEER_ATTR, &instance.peer)))
			return -EBADMSG;
		*ret_instance = instance;
		return 1;
	}
	return 0;
}

static bool is_of(const struct nlattr *nest,
		  const struct vbr_instance *instance)
{
	uint32_t number, peer;

	if (!read_u32(nest, NUMBER_ATTR, &number) || number != instance->number)
		return false;
	return instance->kind != VBR_INSTANCE_PEER ||
	       (read_u32(nest, PEER_ATTR, &peer) && peer == instance->peer);
}

int instance_value(const struct vbr_instance *instance,
		   const struct vbr_option *option, uint64_t *ret_value)
{
	struct attr_span attrs = instance->attrs;
	const struct nlattr *nest;

	while ((nest = attr_take_of(&attrs, option->nest)))
		if (is_of(nest, instance))
			return option_get((struct attr_span){ nest,
							      nest->nla_len },
					  option, ret_value);
	return -ENODATA;
}

void instance_request(struct request *req, bool cfm)
{
	struct ifinfomsg *link = request_begin(req, RTM_GETLINK, NLM_F_DUMP,
					       sizeof(*link));

	link->ifi_family = AF_BRIDGE;
	request_put_u32(req, IFLA_EXT_MASK,
			RTEXT_FILTER_SKIP_STATS |
				(cfm ? VB_RTEXT_FILTER_CFM_CONFIG |
						 VB_RTEXT_FILTER_CFM_STATUS
				     : RTEXT_FILTER_MRP));
}
