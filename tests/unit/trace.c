/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The model of a bridge, without a kernel: which step drops a frame, and the
 * option that would let it pass. */

#include "unit/unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/if_link.h>

#include "core/link.h"
#include "core/new-options.h"
#include "trace/model.h"
#include "trace/run.h"
#include "unit/attrs.h"
#include "wire/kernel.h"

enum { BRIDGE = 1, A, B, C };

/* br0 with the ports a, b and c, in VLAN 10; each test changes some of it. */
struct scene {
	struct trace_snapshot snapshot;
	struct trace_port ports[3];
	struct trace_vlan vlans[4];
	struct trace_fdb fdb[2];
	struct trace_device device;
	struct trace_member member;
	struct trace_run run;
};

static void make_port(struct scene *scene, size_t i)
{
	static const char names[3][2] = { "a", "b", "c" };

	scene->ports[i] = (struct trace_port){
		.name = names[i],
		.index = A + (int)i,
		.is_up = true,
		.has_carrier = true,
		.mtu = 1500,
		.vlans = &scene->vlans[i],
		.vlan_count = 1,
		.state = VBR_PORT_FORWARDING,
		.learning = true,
		.unicast_flood = true,
		.multicast_flood = true,
		.broadcast_flood = true,
	};
}

static struct scene *make_scene(void)
{
	struct scene *scene = calloc(1, sizeof(*scene));
	struct trace_snapshot *snapshot = &scene->snapshot;

	assert_non_null(scene);
	for (size_t i = 0; i < 4; i++)
		scene->vlans[i] = (struct trace_vlan){
			.first = 10,
			.last = 10,
			.flags = VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED,
			.state = VBR_PORT_FORWARDING,
		};
	for (size_t i = 0; i < 3; i++)
		make_port(scene, i);
	snapshot->kernel = TRACE_KERNEL;
	snapshot->bridge = (struct trace_port){
		.name = "br0",
		.index = BRIDGE,
		.is_up = true,
		.mtu = 1500,
		.vlans = &scene->vlans[3],
		.vlan_count = 1,
	};
	snapshot->vlan_protocol = VBR_VLAN_8021Q;
	snapshot->ageing_time = 30000;
	snapshot->ports = scene->ports;
	snapshot->port_count = 3;
	snapshot->fdb = scene->fdb;
	snapshot->devices = &scene->device;
	snapshot->members = &scene->member;
	memcpy(scene->run.src, "\2\0\0\0\0\1", 6);
	memcpy(scene->run.dst, "\2\0\0\0\0\2", 6);
	scene->run.snapshot = snapshot;
	scene->run.in = &scene->ports[0];
	scene->run.tag = scene->run.inner = -1;
	scene->run.tag_protocol = VBR_VLAN_8021Q;
	return scene;
}

/* The FDB has the destination on b. */
static void know_b(struct scene *scene)
{
	scene->fdb[0] = (struct trace_fdb){ .port = B,
					    .state = VBR_FDB_LEARNED };
	memcpy(scene->fdb[0].mac, scene->run.dst, 6);
	scene->snapshot.fdb_count = 1;
}

/* "a:-1 b:10 host", in the order of the ports. */
static void run(struct scene *scene, const char *expected)
{
	char text[128] = "";
	const char *port;
	size_t len = 0;
	int vlan;

	scene->run.trace = calloc(1, sizeof(*scene->run.trace));
	assert_non_null(scene->run.trace);
	trace_model(&scene->run);
	assert_false(scene->run.trace->is_short);
	for (size_t i = 0; vbr_trace_out_at(scene->run.trace, i, &port, &vlan);
	     i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					"%s%s:%d", len ? " " : "", port, vlan);
	if (vbr_trace_is_for_host(scene->run.trace))
		snprintf(text + len, sizeof(text) - len, "%shost",
			 len ? " " : "");
	assert_string_equal(text, expected);
}

static const struct vbr_trace_step *find_step(const struct scene *scene,
					      const char *name)
{
	const struct vbr_trace_step *step, *found = NULL;

	for (size_t i = 0; (step = vbr_trace_step_at(scene->run.trace, i)); i++)
		if (strcmp(vbr_trace_step_name(step), name) == 0)
			found = step;
	check(found, "there is no step %s", name);
	return found;
}

static void is_step(const struct scene *scene, const char *name,
		    const char *device, const char *verdict, const char *option)
{
	const struct vbr_trace_step *step = find_step(scene, name);

	assert_string_equal(vbr_trace_step_device(step), device);
	assert_string_equal(vbr_trace_step_verdict(step), verdict);
	if (option)
		assert_string_equal(vbr_trace_step_option(step), option);
	else
		assert_null(vbr_trace_step_option(step));
}

static void is_dropped(const struct scene *scene, const char *name,
		       const char *option)
{
	assert_string_equal(vbr_trace_dropped(scene->run.trace), name);
	if (option)
		assert_string_equal(vbr_trace_step_option(
					    find_step(scene, name)),
				    option);
}

static void done(struct scene *scene)
{
	vbr_trace_free(scene->run.trace);
	free(scene);
}

/* --- each option that drops a frame --------------------------------------- */

static void port_down(struct scene *s)
{
	s->ports[0].is_up = false;
}

static void blocking(struct scene *s)
{
	s->ports[0].state = VBR_PORT_BLOCKING;
}

static void learning_state(struct scene *s)
{
	s->ports[0].state = VBR_PORT_LEARNING;
}

static void pause_frame(struct scene *s)
{
	memcpy(s->run.dst, "\1\x80\xc2\0\0\1", 6);
}

static void vlan_device_down(struct scene *s)
{
	s->run.tag = 10;
	s->device = (struct trace_device){ "a.10", A, 10, VBR_VLAN_8021Q,
					   false };
	s->snapshot.device_count = 1;
}

static void no_pvid(struct scene *s)
{
	s->snapshot.vlan_filtering = true;
	s->vlans[0].flags = 0;
}

static void not_a_member(struct scene *s)
{
	s->snapshot.vlan_filtering = true;
	s->run.tag = 20;
}

static void blocking_vlan(struct scene *s)
{
	s->snapshot.vlan_filtering = true;
	s->vlans[0].state = VBR_PORT_BLOCKING;
}

static void locked(struct scene *s)
{
	s->ports[0].locked = true;
}

static void target_state(struct scene *s)
{
	s->ports[1].state = VBR_PORT_LISTENING;
}

static void target_vlan(struct scene *s)
{
	s->snapshot.vlan_filtering = true;
	s->fdb[0].vlan = 10;
	s->ports[1].vlan_count = 0;
}

static void target_vlan_state(struct scene *s)
{
	s->snapshot.vlan_filtering = true;
	s->fdb[0].vlan = 10;
	s->vlans[1].state = VBR_PORT_DISABLED;
}

static void isolated(struct scene *s)
{
	s->ports[0].isolated = s->ports[1].isolated = true;
}

static void hairpin(struct scene *s)
{
	s->fdb[0].port = A;
}

static void long_frame(struct scene *s)
{
	s->run.len = 1519;
}

static void no_flood(struct scene *s)
{
	s->snapshot.fdb_count = 0;
	s->ports[1].unicast_flood = s->ports[2].unicast_flood = false;
	s->snapshot.port_count = 3;
	s->ports[0].unicast_flood = false;
}

static void proxyarp(struct scene *s)
{
	s->snapshot.fdb_count = 0;
	s->snapshot.port_count = 2;
	s->ports[1].proxyarp = true;
}

static void drops(void **state)
{
	static const struct {
		void (*change)(struct scene *scene);
		const char *step, *option;
	} rows[] = {
		{ port_down, "device", "up" },
		{ blocking, "state", "state" },
		{ learning_state, "state", "state" },
		{ pause_frame, "reserved", NULL },
		{ vlan_device_down, "vlan-device", NULL },
		{ no_pvid, "ingress-vlan", "vlan" },
		{ not_a_member, "ingress-vlan", "vlan" },
		{ blocking_vlan, "vlan-state", "state" },
		{ locked, "locked", "locked" },
		{ target_state, "state", "state" },
		{ target_vlan, "egress-vlan", "vlan" },
		{ target_vlan_state, "vlan-state", "state" },
		{ isolated, "isolated", "isolated" },
		{ hairpin, "hairpin", "hairpin_mode" },
		{ long_frame, "mtu", "mtu" },
		{ no_flood, "flood", "unicast_flood" },
		{ proxyarp, "proxyarp", "proxyarp" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct scene *scene = make_scene();

		know_b(scene);
		rows[i].change(scene);
		run(scene, "");
		is_dropped(scene, rows[i].step, rows[i].option);
		done(scene);
	}
}

/* --- other tests ---------------------------------------------------------- */

static void unicast(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	know_b(scene);
	run(scene, "b:-1");
	assert_null(vbr_trace_dropped(scene->run.trace));
	assert_true(vbr_trace_is_learned(scene->run.trace));
	is_step(scene, "lookup", "b", "pass", NULL);
	done(scene);
}

static void tags(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	scene->snapshot.vlan_filtering = true;
	scene->vlans[2].flags = 0;
	memset(scene->run.dst, 0xff, 6);
	run(scene, "b:-1 c:10 host");
	done(scene);
	/* A tag of another protocol stays in the frame. */
	scene = make_scene();
	scene->snapshot.vlan_filtering = true;
	scene->vlans[2].flags = 0;
	memset(scene->run.dst, 0xff, 6);
	scene->run.tag = 7;
	scene->run.tag_protocol = VBR_VLAN_8021AD;
	run(scene, "b:7 c:10 host");
	is_step(scene, "ingress-vlan", "a", "pass", NULL);
	done(scene);
	/* The inner tag is the outermost one where the outer one is removed. */
	scene = make_scene();
	scene->snapshot.vlan_filtering = true;
	scene->vlans[2].flags = 0;
	memset(scene->run.dst, 0xff, 6);
	scene->run.tag = 10;
	scene->run.inner = 20;
	run(scene, "b:20 c:10 host");
	done(scene);
	/* Without filtering, a priority tag stays too. */
	scene = make_scene();
	scene->run.tag = 0;
	run(scene, "b:0 c:0");
	done(scene);
}

static void tunnel(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	know_b(scene);
	scene->snapshot.vlan_filtering = true;
	scene->fdb[0].vlan = 12;
	scene->vlans[0].last = 19;
	scene->vlans[1] = (struct trace_vlan){
		.first = 10,
		.last = 19,
		.state = VBR_PORT_FORWARDING,
		.has_tunnel = true,
		.tunnel = 1000,
	};
	scene->ports[1].vlan_tunnel = true;
	scene->run.tag = 12;
	run(scene, "b:-1");
	assert_string_equal(vbr_trace_step_why(find_step(scene, "tunnel")),
			    "the VLAN becomes tunnel id 1002");
	done(scene);
}

static void mst(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	know_b(scene);
	scene->snapshot.vlan_filtering = scene->snapshot.mst_enabled = true;
	scene->fdb[0].vlan = 10;
	scene->ports[0].state = scene->ports[1].state = VBR_PORT_BLOCKING;
	run(scene, "b:-1");
	done(scene);
}

static void reserved(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	memcpy(scene->run.dst, "\1\x80\xc2\0\0\xe", 6);
	run(scene, "");
	assert_null(vbr_trace_dropped(scene->run.trace));
	is_step(scene, "reserved", "a", "up", "group_fwd_mask");
	done(scene);
	scene = make_scene();
	memcpy(scene->run.dst, "\1\x80\xc2\0\0\xe", 6);
	scene->ports[0].group_fwd_mask = 0x4000;
	run(scene, "b:-1 c:-1 host");
	done(scene);
	/* An 802.1ad bridge has to forward this address. */
	scene = make_scene();
	memcpy(scene->run.dst, "\1\x80\xc2\0\0\0", 6);
	scene->snapshot.vlan_filtering = true;
	scene->snapshot.vlan_protocol = VBR_VLAN_8021AD;
	scene->snapshot.stp_state = true;
	scene->snapshot.group_addr = 8;
	run(scene, "b:-1 c:-1 host");
	done(scene);
}

static void leftover(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	vlan_device_down(scene);
	scene->device.is_up = true;
	run(scene, "");
	assert_null(vbr_trace_dropped(scene->run.trace));
	is_step(scene, "vlan-device", "a.10", "up", NULL);
	done(scene);
}

static void set_group(struct scene *scene)
{
	assert_int_equal(address_parse("239.1.1.1", &scene->run.group), 0);
	scene->run.has_group = true;
	scene->run.type = ETHERTYPE_IPV4;
	memcpy(scene->run.dst, "\1\0\x5e\1\1\1", 6);
	scene->snapshot.mcast.snooping = true;
	scene->member.group = scene->run.group;
	scene->member.index = C;
	scene->snapshot.member_count = 1;
}

static void groups(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	set_group(scene);
	run(scene, "b:-1 c:-1 host");
	done(scene);
	scene = make_scene();
	set_group(scene);
	scene->snapshot.mcast.querier = true;
	run(scene, "c:-1");
	done(scene);
	scene = make_scene();
	set_group(scene);
	scene->snapshot.mcast.querier = true;
	scene->snapshot.member_count = 0;
	run(scene, "");
	is_dropped(scene, "lookup", "multicast_querier");
	done(scene);
	scene = make_scene();
	set_group(scene);
	scene->snapshot.mcast.querier = true;
	scene->member.index = BRIDGE;
	scene->ports[1].multicast_router = 2;
	run(scene, "b:-1 host");
	done(scene);
}

/* Each source has members of its own; b is for one of them. */
static void sources(void **state)
{
	static const char *const expected[] = { "c:-1", "b:-1", "c:-1" };
	static const char *const from[] = { "10.0.0.9", "10.0.0.1", NULL };
	struct trace_member members[2];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct scene *scene = make_scene();

		set_group(scene);
		members[0] = members[1] = scene->member;
		members[1].index = B;
		members[1].has_source = true;
		members[1].flags = VBR_MDB_INCLUDE;
		assert_int_equal(address_parse("10.0.0.1", &members[1].source),
				 0);
		scene->snapshot.members = members;
		scene->snapshot.member_count = 2;
		scene->snapshot.mcast.querier = true;
		scene->snapshot.mcast.igmp_version = 3;
		scene->run.has_source = from[i] != NULL;
		if (from[i])
			assert_int_equal(address_parse(from[i],
						       &scene->run.source),
					 0);
		run(scene, expected[i]);
		if (!from[i])
			is_step(scene, "lookup", "br0", "unknown", NULL);
		done(scene);
	}
}

static void snooping_by_vlan(void **state)
{
	struct trace_mcast mcast = { .first = 10, .last = 10 };
	struct scene *scene;

	(void)state;
	/* No snooping in the VLAN, then no querier there, then one. */
	for (int i = 0; i < 3; i++) {
		scene = make_scene();
		set_group(scene);
		mcast.snooping = i > 0;
		mcast.querier = i > 1;
		scene->member.vlan = 10;
		scene->snapshot.vlan_filtering = true;
		scene->snapshot.mcast.querier = true;
		scene->snapshot.mcast_vlan_snooping = true;
		scene->snapshot.vlan_mcasts = &mcast;
		scene->snapshot.vlan_mcast_count = 1;
		/* Only the option of the VLAN counts. */
		scene->ports[1].multicast_router = 2;
		run(scene, i < 2 ? "b:-1 c:-1 host" : "c:-1");
		if (i == 0)
			is_step(scene, "lookup", "br0", "pass",
				"mcast_snooping");
		done(scene);
	}
	scene = make_scene();
	set_group(scene);
	scene->member.vlan = 10;
	scene->snapshot.vlan_filtering = true;
	scene->snapshot.mcast_vlan_snooping = true;
	scene->snapshot.vlan_mcasts = &mcast;
	scene->snapshot.vlan_mcast_count = 1;
	scene->vlans[1].multicast_router = 2;
	run(scene, "b:-1 c:-1");
	is_step(scene, "lookup", "br0", "unknown", "mcast_router");
	done(scene);
}

static bool has_step(const struct scene *scene, const char *name)
{
	const struct vbr_trace_step *step;

	for (size_t i = 0; (step = vbr_trace_step_at(scene->run.trace, i)); i++)
		if (strcmp(vbr_trace_step_name(step), name) == 0)
			return true;
	return false;
}

static void suppression_by_vlan(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct scene *scene = make_scene();

		memset(scene->run.dst, 0xff, 6);
		scene->run.type = ETHERTYPE_ARP;
		scene->snapshot.vlan_filtering = true;
		/* It does not count beside the other option. */
		scene->ports[1].neigh_suppress = true;
		scene->ports[1].neigh_vlan_suppress = true;
		scene->vlans[1].neigh_suppress = i;
		run(scene, "b:-1 c:-1 host");
		assert_int_equal(has_step(scene, "neighbour"), i);
		done(scene);
	}
}

static void host(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	scene->run.in = NULL;
	memset(scene->run.dst, 0xff, 6);
	scene->ports[1].broadcast_flood = false;
	run(scene, "a:-1 b:-1 c:-1");
	done(scene);
	/* The host's own address, on a port. */
	scene = make_scene();
	know_b(scene);
	scene->fdb[0].state = VBR_FDB_LOCAL;
	scene->snapshot.is_promiscuous = true;
	run(scene, "host");
	done(scene);
	scene = make_scene();
	know_b(scene);
	scene->snapshot.is_promiscuous = true;
	run(scene, "b:-1 host");
	done(scene);
}

static void backup(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	know_b(scene);
	scene->ports[1].has_carrier = false;
	scene->ports[1].backup_port = C;
	run(scene, "c:-1");
	is_step(scene, "backup", "b", "pass", "backup_port");
	done(scene);
}

static void newer_kernel(void **state)
{
	struct scene *scene = make_scene();

	(void)state;
	scene->snapshot.kernel = 0x0701;
	scene->snapshot.new_options = "of ports: attribute 99";
	scene->snapshot.mcast.snooping = true;
	scene->ports[1].neigh_suppress = true;
	scene->run.type = ETHERTYPE_ARP;
	run(scene, "b:-1 c:-1");
	assert_string_equal(
		vbr_trace_step_why(vbr_trace_step_at(scene->run.trace, 0)),
		"this kernel is newer than the model, which knows Linux up to "
		"6.18; not modelled: of ports: attribute 99");
	is_step(scene, "neighbour", "b", "unknown", "neigh_suppress");
	done(scene);
}

/* The steps of netfilter, with their options: "why (option)" in lines. */
static void lists_rules(struct scene *scene, const char *expected)
{
	const struct vbr_trace_step *step;
	char text[1024] = "";
	size_t len = 0;

	for (size_t i = 0; (step = vbr_trace_step_at(scene->run.trace, i)); i++)
		if (strcmp(vbr_trace_step_name(step), "netfilter") == 0)
			len += (size_t)snprintf(
				text + len, sizeof(text) - len, "%s (%s)\n",
				vbr_trace_step_why(step) +
					strlen("netfilter decides here: "),
				vbr_trace_step_option(step)
					? vbr_trace_step_option(step)
					: "-");
	assert_string_equal(text, expected);
	done(scene);
}

static void rules_for_bridges(void **state)
{
	struct scene *scene = make_scene();
	struct hook_rules *rules = scene->snapshot.hooks.rules[HOOK_BRIDGE];

	(void)state;
	rules[HOOK_PREROUTING].count = 1;
	rules[HOOK_FORWARD].drops = true;
	rules[HOOK_INPUT].count = rules[HOOK_OUTPUT].count = 5;
	memset(scene->run.dst, 0xff, 6);
	run(scene, "b:-1 c:-1 host");
	lists_rules(scene, "1 rule at the hook prerouting (-)\n"
			   "0 rules at the hook forward, and a policy to drop "
			   "(-)\n"
			   "5 rules at the hook input (-)\n");
	scene = make_scene();
	rules = scene->snapshot.hooks.rules[HOOK_BRIDGE];
	rules[HOOK_PREROUTING].count = rules[HOOK_FORWARD].count = 1;
	rules[HOOK_OUTPUT].count = 2;
	scene->run.in = NULL;
	know_b(scene);
	run(scene, "b:-1");
	lists_rules(scene, "2 rules at the hook output (-)\n");
}

static void rules_of_the_host(void **state)
{
	struct scene *scene = make_scene();
	struct trace_snapshot *snapshot = &scene->snapshot;

	(void)state;
	snapshot->called_by[HOOK_IPV4] = "nf_call_iptables";
	snapshot->called_by[HOOK_ARP] = "call-arptables";
	snapshot->hooks.rules[HOOK_IPV4][HOOK_FORWARD].count = 3;
	snapshot->hooks.rules[HOOK_IPV6][HOOK_FORWARD].count = 3;
	snapshot->hooks.rules[HOOK_ARP][HOOK_FORWARD].count = 1;
	know_b(scene);
	run(scene, "b:-1");
	lists_rules(scene, "br_netfilter calls iptables: 3 rules at the hook "
			   "forward (nf_call_iptables)\n"
			   "br_netfilter calls arptables: 1 rule at the hook "
			   "forward (call-arptables)\n");
	/* They may be sent in fragments. */
	scene = make_scene();
	scene->snapshot.called_by[HOOK_IPV4] = "nf_call_iptables";
	know_b(scene);
	scene->run.type = ETHERTYPE_IPV4;
	scene->run.len = 2000;
	run(scene, "b:-1");
	is_step(scene, "mtu", "b", "unknown", "mtu");
	done(scene);
	/* Frames with a tag are not passed, unless that is set. */
	scene = make_scene();
	scene->snapshot.called_by[HOOK_IPV4] = "nf_call_iptables";
	scene->snapshot.hooks.rules[HOOK_IPV4][HOOK_FORWARD].count = 3;
	know_b(scene);
	scene->run.tag = 10;
	run(scene, "b:10");
	lists_rules(scene, "");
}

static void rules_not_counted(void **state)
{
	struct scene *scene = make_scene();
	struct hooks *hooks = &scene->snapshot.hooks;

	(void)state;
	hooks->has_broute = hooks->has_ebtables[HOOK_PREROUTING] = true;
	hooks->has_legacy[HOOK_IPV6] = true;
	scene->snapshot.called_by[HOOK_IPV6] = "nf_call_ip6tables";
	scene->snapshot.calls_with_tags = true;
	scene->run.type = ETHERTYPE_IPV6;
	scene->run.tag = 10;
	scene->ports[0].vlan_count = 0;
	scene->snapshot.vlan_filtering = true;
	run(scene, "");
	lists_rules(
		scene,
		"the table broute of ebtables-legacy may take the frame from "
		"the bridge; its rules cannot be counted (-)\n"
		"the rules of ebtables-legacy at the hook prerouting cannot be "
		"counted (-)\n"
		"br_netfilter calls ip6tables: the rules at the hook prerouting "
		"cannot be counted (nf_call_ip6tables)\n");
	scene = make_scene();
	scene->snapshot.hooks.error = -EPERM;
	scene->snapshot.vlan_filtering = true;
	scene->ports[0].vlan_count = 0;
	run(scene, "");
	lists_rules(scene, "the rules at the hook prerouting cannot be read, "
			   "which needs CAP_NET_ADMIN (-)\n");
}

/* What Linux 7.1 reports, and an attribute that nobody knows. */
static void options_of_later_kernels(void **state)
{
	char bytes[256] = { 0 }, text[64];
	struct nlmsghdr *msg = put_header(bytes);
	struct link_copy link;

	(void)state;
	put_u32(msg, IFLA_BR_FORWARD_DELAY, 1500);
	put_u32(msg, VB_IFLA_BR_STP_MODE, 0);
	put_u8(msg, 99, 1);
	link.options = message_attrs(msg, 0);
	new_options_list(&link, VBR_SCOPE_BRIDGE, TRACE_KERNEL, text,
			 sizeof(text));
	assert_string_equal(text, "stp_mode, attribute 99");
	new_options_list(&link, VBR_SCOPE_BRIDGE, 0x0701, text, sizeof(text));
	assert_string_equal(text, "attribute 99");
	/* What does not fit is left out. */
	new_options_list(&link, VBR_SCOPE_BRIDGE, TRACE_KERNEL, text, 12);
	assert_string_equal(text, "stp_mode");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("each drop names its step and option", drops),
		TEST("a frame to a known address goes to its port", unicast),
		TEST("tags of frames are those on the wire", tags),
		TEST("a VLAN is mapped to its tunnel id", tunnel),
		TEST("with MST, the states of VLANs count", mst),
		TEST("masks decide about reserved addresses", reserved),
		TEST("a VLAN device on a port takes its frames", leftover),
		TEST("with a querier, groups are only sent to members", groups),
		TEST("groups go to the members for their source", sources),
		TEST("a VLAN may snoop by itself", snooping_by_vlan),
		TEST("a VLAN may suppress neighbours", suppression_by_vlan),
		TEST("frames from and to the host", host),
		TEST("a backup port replaces a port without carrier", backup),
		TEST("what the model does not cover is reported", newer_kernel),
		TEST("options of later kernels are listed",
		     options_of_later_kernels),
		TEST("rules for bridges are counted at each hook",
		     rules_for_bridges),
		TEST("so are the rules that br_netfilter calls",
		     rules_of_the_host),
		TEST("rules that cannot be counted are reported",
		     rules_not_counted),
	};

	return run_all(tests);
}
