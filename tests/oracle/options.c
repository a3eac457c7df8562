/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Every row of the option table on a real kernel, at both ends of its range:
 * set by us and read by libnl, and set by libnl and read by us. Values just
 * outside the range must be refused. Prints the result of each row.
 */

#include "oracle/scopes.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BRIDGE VBR_SCOPE_BRIDGE
#define PORT VBR_SCOPE_PORT
#define BRIDGE_VLAN VBR_SCOPE_BRIDGE_VLAN

/* An option that must be set before, or the kernel refuses the tested one. */
struct step {
	const char *option;
	uint64_t value;
};

/* Rows that need more than their type and range. */
static const struct trial {
	enum vbr_scope scope;
	const char *option;
	struct step before[2];
	uint64_t values[5];
	size_t count; /* 0: both ends of the range */
	bool needs_carrier;
	bool reads_16;
} trials[] = {
	{ BRIDGE, "forward_delay", { { "stp_state", 1 } } },
	{ BRIDGE, "group_addr", .count = 2,
	  .values = { UINT64_C(0x0180c2000000), UINT64_C(0x0180c200000f) } },
	{ BRIDGE, "vlan_protocol", .count = 2, .values = { 0x88a8, 0x8100 } },
	{ BRIDGE, "mst_enabled", { { "default_pvid", 0 } } },
	{ BRIDGE, "mcast_vlan_snooping", { { "vlan_filtering", 1 } } },
	{ BRIDGE, "hash_elasticity", .reads_16 = true },
	/* Sizes of a hash table are powers of two. */
	{ BRIDGE, "hash_max", .count = 3, .values = { 1, 512, 65536 } },
	{ BRIDGE, "group_fwd_mask", .count = 3,
	  .values = { 0xfff8, 0, 0x4000 } },
	{ PORT, "group_fwd_mask", .count = 3, .values = { 0xfffd, 0, 0x4001 } },
	/* Without STP, the kernel does not allow a blocking port; and a change
	 * by RTM_NEWLINK, which libnl sends, enables the port: 4 and 0 would
	 * become 3. */
	{ PORT, "state", .needs_carrier = true, .count = 3,
	  .values = { 1, 2, 3 } },
	{ PORT, "mab", { { "locked", 1 }, { "learning", 1 } } },
	/* The kernel sends the address only while there is a querier. */
	{ BRIDGE, "querier_ipv4_address", { { "multicast_querier", 1 } } },
	{ BRIDGE, "querier_ipv6_address", { { "multicast_querier", 1 } } },
	{ BRIDGE_VLAN, "querier_ipv4_address", { { "mcast_querier", 1 } } },
	{ BRIDGE_VLAN, "querier_ipv6_address", { { "mcast_querier", 1 } } },
};

static const struct trial *trial_of(const struct known_option *known)
{
	static struct trial plain;

	for (size_t i = 0; i < COUNT(trials); i++)
		if (trials[i].scope == known->scope &&
		    strcmp(trials[i].option, known->name) == 0)
			return &trials[i];
	return &plain;
}

static bool forwards(struct oracle *o, const char *port)
{
	uint64_t state = 0;

	(void)port; /* all trials use the same port */
	return their_get(o, known_find(PORT, "state"), &state) && state == 3;
}

/* The kernel reports a carrier to the bridge with a delay. */
static void wait_for_carrier(struct oracle *o)
{
	set_up(o, "br0");
	set_up(o, "a");
	set_up(o, "c");
	if (!eventually(forwards, o, "a"))
		fail_msg("the port does not forward");
}

static bool prepare(struct oracle *o, const struct known_option *known)
{
	const struct trial *trial = trial_of(known);

	for (size_t i = 0; i < COUNT(trial->before); i++)
		if (trial->before[i].option &&
		    our_set(o, known->scope, trial->before[i].option,
			    trial->before[i].value) < 0)
			return false;
	if (trial->needs_carrier)
		wait_for_carrier(o);
	return true;
}

/* If the clock of the kernel is not a multiple of 100 Hz, a tick can be
 * lost. */
static bool same(const struct known_option *known, uint64_t got,
		 uint64_t wanted)
{
	if (trial_of(known)->reads_16)
		wanted = 16;
	if (got == wanted)
		return true;
	return known_row(known)->type == VBR_OPTION_TICKS && got + 1 == wanted;
}

static void is_equal(struct oracle *o, const struct known_option *known,
		     uint64_t wanted, const char *who)
{
	uint64_t ours = 0, libnls = 0;
	bool sparse = known_row(known)->access & OPTION_SPARSE && !wanted;
	bool seen = their_get(o, known, &libnls);
	int rc = our_get(o, known, &ours);

	check(seen || sparse, "libnl sees no %s", known->name);
	check(rc == (seen ? 0 : -ENODATA), "we see no %s: %d", known->name, rc);
	check(ours == libnls && same(known, ours, wanted),
	      "%s set to %" PRIu64 " by %s: %" PRIu64 " to us, %" PRIu64
	      " to libnl",
	      known->name, wanted, who, ours, libnls);
}

static size_t values_of(struct oracle *o, const struct known_option *known,
			uint64_t values[5])
{
	const struct trial *trial = trial_of(known);
	const struct vbr_option *row = known_row(known);

	if (trial->count) {
		memcpy(values, trial->values, sizeof(trial->values));
		return trial->count;
	}
	if (row->type == VBR_OPTION_DEVICE) {
		values[0] = (uint64_t)index_of(o, "b");
		values[1] = 0;
		return 2;
	}
	values[0] = row->max;
	values[1] = row->min;
	values[2] = row->min + (row->max - row->min) / 3;
	values[3] = row->max;
	return 4;
}

static void both_ways(struct oracle *o, const struct known_option *known)
{
	uint64_t values[5];
	size_t count = values_of(o, known, values);

	for (size_t i = 0; i < count; i++) {
		check(our_set(o, known->scope, known->name, values[i]) == 0,
		      "%s", vbr_ctx_error(o->ctx));
		is_equal(o, known, values[i], "us");
	}
	for (size_t i = 0; i < count; i++) {
		their_set(o, known, values[i]);
		is_equal(o, known, values[i], "libnl");
	}
}

static void refused(struct oracle *o, const struct known_option *known,
		    uint64_t value)
{
	uint64_t before = 0, after = 0;
	bool has = their_get(o, known, &before);
	int rc = our_set(o, known->scope, known->name, value);

	check(rc == -ERANGE || rc == -EINVAL, "%s = %" PRIu64 " gives %d",
	      known->name, value, rc);
	assert_int_equal(their_get(o, known, &after), has);
	check(before == after, "%s has changed", known->name);
}

static void outside(struct oracle *o, const struct known_option *known)
{
	const struct vbr_option *row = known_row(known);

	/* Protocols and devices have no range. */
	if (row->type == VBR_OPTION_PROTOCOL || row->type == VBR_OPTION_DEVICE)
		return;
	if (row->max < UINT64_MAX)
		refused(o, known, row->max + 1);
	if (row->min > 0)
		refused(o, known, row->min - 1);
}

/* Tries a row. Returns NULL if the values were equal, else what happened. */
static const char *try_settable(struct oracle *o,
				const struct known_option *known)
{
	const struct vbr_option *row = known_row(known);
	uint64_t value = 0, values[5];
	int rc;

	if (row->type == VBR_OPTION_ACTION) {
		check(our_set(o, known->scope, known->name, 1) == 0, "%s",
		      vbr_ctx_error(o->ctx));
		refused(o, known, 0);
		return NULL;
	}
	if (!(row->access & OPTION_SPARSE) && !their_get(o, known, &value)) {
		rc = our_set(o, known->scope, known->name, row->min);
		check(rc == -EOPNOTSUPP, "%s gives %d", known->name, rc);
		return "unknown to this kernel, and refused";
	}
	if (!prepare(o, known))
		return "what it takes is unknown to this kernel";
	values_of(o, known, values);
	rc = our_set(o, known->scope, known->name, values[0]);
	if (rc == -EOPNOTSUPP)
		return "not built into this kernel, and refused";
	if (rc == -EINVAL && known->scope == VBR_SCOPE_PORT_VLAN &&
	    row->access & OPTION_SPARSE)
		return "refused by this kernel, or not for such a VLAN";
	both_ways(o, known);
	outside(o, known);
	return NULL;
}

static const char *try_readable(struct oracle *o,
				const struct known_option *known)
{
	uint64_t ours = 0, libnls = 0;
	int rc;

	if (!prepare(o, known))
		return "what it takes is unknown to this kernel";
	rc = our_get(o, known, &ours);
	check(our_set(o, known->scope, known->name, 0) == -EACCES, "%s",
	      known->name);
	if (!their_get(o, known, &libnls)) {
		check(rc == -ENODATA, "%s gives %d", known->name, rc);
		return "not sent by this kernel";
	}
	/* Their text is tested elsewhere. */
	if (rc == -EOVERFLOW)
		return "sent, but no number";
	/* No timer is running here; running timers are tested elsewhere. */
	check(rc == 0 && ours == libnls, "%s is %" PRIu64 ", not %" PRIu64,
	      known->name, ours, libnls);
	return NULL;
}

static void try_scope(struct oracle *o, enum vbr_scope scope, const char *name)
{
	size_t tried = 0, rows = 0;

	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];
		const char *why;

		if (known->scope != scope)
			continue;
		make_devices(o, scope);
		why = known->settable ? try_settable(o, known)
				      : try_readable(o, known);
		delete_devices(o, scope);
		print_message("# %s %-33s %s\n", name, known->name,
			      why		? why
			      : known->settable ? "set and read, equal"
						: "read, equal");
		rows++;
		tried += !why;
	}
	print_message("# %s: %zu rows, %zu tried, %zu equal\n", name, rows,
		      tried, tried);
	assert_true(tried > 0);
}

static void bridges(void **state)
{
	try_scope(*state, VBR_SCOPE_BRIDGE, "bridge");
}

static void ports(void **state)
{
	try_scope(*state, VBR_SCOPE_PORT, "port");
}

/* The kernel may lack VLANs, or VLAN filtering. */
static void try_if_any(struct oracle *o, enum vbr_scope scope, const char *name)
{
	if (!has_scope(o, scope))
		skip();
	try_scope(o, scope, name);
}

static void vlans(void **state)
{
	try_if_any(*state, VBR_SCOPE_VLAN, "VLAN");
}

static void vlans_of_ports(void **state)
{
	try_if_any(*state, VBR_SCOPE_PORT_VLAN, "port's VLAN");
}

static void vlans_of_bridges(void **state)
{
	try_if_any(*state, VBR_SCOPE_BRIDGE_VLAN, "bridge's VLAN");
}

static bool is_initial(const struct vbr_option *option, uint64_t value)
{
	uint64_t initial;

	/* The kernel computes the initial value. */
	if (!vbr_option_initial(option, &initial))
		return true;
	if (vbr_option_type(option) == VBR_OPTION_TICKS)
		return value <= initial + 1 && initial <= value + 1;
	return value == initial;
}

/* The table has the values of a new bridge, port or VLAN. */
static void check_initial(struct oracle *o, enum vbr_scope scope)
{
	const struct vbr_option *option;
	uint64_t value;
	size_t count = 0;

	if (!has_scope(o, scope))
		return;
	make_devices(o, scope);
	for (size_t i = 0; (option = vbr_option_at(scope, i)); i++) {
		const char *name = vbr_option_name(option);

		if (!vbr_option_is_settable(option) ||
		    strcmp(name, "vlan_filtering") == 0 ||
		    our_get(o, known_find(scope, name), &value) < 0)
			continue;
		count++;
		check(is_initial(option, value), "%s is %" PRIu64, name, value);
	}
	delete_devices(o, scope);
	assert_true(count > 0);
}

static void initial_values(void **state)
{
	check_initial(*state, VBR_SCOPE_BRIDGE);
	check_initial(*state, VBR_SCOPE_PORT);
	check_initial(*state, VBR_SCOPE_VLAN);
	check_initial(*state, VBR_SCOPE_PORT_VLAN);
	check_initial(*state, VBR_SCOPE_BRIDGE_VLAN);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("each option of bridges, in both directions",
			    bridges),
		ORACLE_TEST("each option of ports, in both directions", ports),
		ORACLE_TEST("each option of VLAN devices, in both directions",
			    vlans),
		ORACLE_TEST("each option of ports' VLANs, in both directions",
			    vlans_of_ports),
		ORACLE_TEST("each option of bridges' VLANs, both directions",
			    vlans_of_bridges),
		ORACLE_TEST("initial values", initial_values),
	};

	return run_all(tests);
}
