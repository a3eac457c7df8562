/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A restore on a real kernel, while the socket or an ioctl fails, at each
 * possible place: everything is as before, or the error says that it is not,
 * and a later restore completes it. VB_FAULT_STEP=N: only one of N places, on
 * average, chosen at random.
 */

#include "oracle/vlans.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <signal.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "oracle/failing-transport.h"
#include "oracle/seed.h"

/* --- the state ------------------------------------------------------------ */

static const char was_lines[] = "addbr br0\n"
				"link br0 address 02:ab:00:00:00:01\n"
				"set br0 ageing_time=100\n"
				"addif br0 a\n"
				"addif br0 b\n"
				"setport br0 a path_cost=8\n"
				"link a up\n"
				"link b down\n"
				"link br0 up\n"
				"addbr br1\n"
				"link br1 address 02:ab:00:00:00:02 up\n"
				"addif br1 d\n"
				"delbr br2\n"
				"link c down\n"
				"delif br0 c\n";

static const char becomes_lines[] = "addbr br2\n"
				    "link br2 address 02:ab:00:00:00:03\n"
				    "set br0 ageing_time=7 priority=5\n"
				    "addif br0 c\n"
				    "setport br0 c isolated=on\n"
				    "link c up\n"
				    "setport br0 a path_cost=9\n"
				    "delbr br1\n"
				    "addif br2 d\n"
				    "setport br2 d isolated=on\n"
				    "link br0 mtu 1400\n";

static const char was_vlans[] =
	"set br0 vlan_filtering=on\n"
	"addvlan br0 a 100-110\n"
	"addmac br0 a 02:ab:00:00:00:13 vlan 100 static\n"
	"addmac br0 b 02:ab:00:00:00:11 vlan 1 static\n"
	"vconfig add c2 5 name five\n"
	"vconfig add br1 6 name six\n"
	"link six up\n"
	"vconfig set_egress_map five 1 2\n";

/* For vlan_stats_per_port, ports leave their VLANs. A restore that is killed then
 * does not put back those that no line has. */
static const char becomes_vlans[] =
	"addvlan br0 a 1 untagged\n"
	"addvlan br0 a 10-20\n"
	"addvlan br0 a 100-104\n"
	"addvlan br0 a 105-107\n"
	"addvlan br0 a 108-110\n"
	"addvlan br0 a 30 pvid untagged\n"
	"delvlan br0 b 1\n"
	"setvlan br0 a 101 mcast_router=0\n"
	"addmac br0 a 02:ab:00:00:00:12 vlan 10 static\n"
	"vconfig add c2 7 name five\n"
	"addif br2 five\n"
	"set br0 vlan_stats_per_port=on\n";

/* For kernels without VLANs. */
static const char was_entry[] = "addmac br0 b 02:ab:00:00:00:11 static\n";
static const char becomes_entry[] = "addmac br0 a 02:ab:00:00:00:12 static\n";

struct stage {
	struct oracle *o;
	struct vbr_config *was, *becomes;
	char *before, *after; /* states */
	size_t undone, told, done;
};

static void print_addresses(FILE *out)
{
	struct ifaddrs *list;

	assert_int_equal(getifaddrs(&list), 0);
	for (struct ifaddrs *i = list; i; i = i->ifa_next) {
		const struct sockaddr_in *address = (void *)i->ifa_addr;

		if (address && address->sin_family == AF_INET)
			fprintf(out, "%s %s\n", i->ifa_name,
				inet_ntoa(address->sin_addr));
	}
	freeifaddrs(list);
}

static char *state_of(struct oracle *o)
{
	struct vbr_config *config;
	struct vbr_link *link;
	char *state = NULL;
	size_t size;
	FILE *out = open_memstream(&state, &size);

	assert_non_null(out);
	assert_int_equal(vbr_config_capture(o->ctx, NULL, 0, &config), 0);
	fputs(vbr_config_text(config), out);
	vbr_config_free(config);
	assert_int_equal(vbr_link_get(o->ctx, "c", &link), 0);
	fprintf(out, "c %d\n", vbr_link_is_up(link));
	vbr_link_free(link);
	print_addresses(out);
	assert_int_equal(fclose(out), 0);
	return state;
}

static struct vbr_config *parse(struct oracle *o, const char *lines,
				const char *vlans, const char *otherwise,
				bool has_vlans)
{
	struct vbr_config *config;
	char *text;

	assert_true(asprintf(&text, "%s%s", lines,
			     has_vlans ? vlans : otherwise) > 0);
	check(vbr_config_parse(o->ctx, "lines", text, strlen(text), &config) ==
		      0,
	      "%s", vbr_ctx_error(o->ctx));
	free(text);
	return config;
}

static void make(struct oracle *o, const struct vbr_config *config)
{
	check(vbr_config_restore(o->ctx, config, VBR_CONFIG_EXACT, NULL) == 0,
	      "%s", vbr_ctx_error(o->ctx));
}

/* br1 is a new one if it was deleted. */
static void begin(struct stage *s)
{
	make(s->o, s->was);
	free(s->before);
	assert_int_equal(system("ip address replace 10.0.0.1/24 dev br1"), 0);
	s->before = state_of(s->o);
}

/* --- one fault ------------------------------------------------------------ */

static bool says(const char *error, const char *what)
{
	return strstr(error, what) != NULL;
}

static void check_failed(struct stage *s, const char *error)
{
	bool is_undone = says(error, "; everything is as before");
	char *now = state_of(s->o);
	bool is_same = strcmp(now, s->before) == 0;

	check(!is_undone || is_same, "%s %zu: %s\nbefore:\n%s\nnow:\n%s",
	      fault_name(), faults.at, error, s->before, now);
	check(is_same || says(error, "not undone"), "%s %zu: %s\nnow:\n%s",
	      fault_name(), faults.at, error, now);
	s->undone += is_undone;
	s->told += !is_undone;
	free(now);
}

static void check_done(struct stage *s)
{
	char *now = state_of(s->o);

	check(strcmp(now, s->after) == 0, "%s %zu:\nwanted:\n%s\nnow:\n%s",
	      fault_name(), faults.at, s->after, now);
	s->done++;
	free(now);
}

/* Returns whether the restore got as far as the fault. */
static bool attempt(struct stage *s, enum fault how, size_t at)
{
	struct vbr_ctx *ctx;
	int rc;

	begin(s);
	assert_int_equal(vbr_ctx_new(NULL, &ctx), 0);
	fault_begin(ctx, how, at);
	rc = vbr_config_restore(ctx, s->becomes, VBR_CONFIG_EXACT, NULL);
	if (rc < 0)
		check_failed(s, vbr_ctx_error(ctx));
	else
		check_done(s);
	vbr_ctx_unref(ctx);
	return faults.count >= at;
}

static void setup(struct stage *s, struct oracle *o)
{
	bool has_vlans;

	*s = (struct stage){ .o = o };
	make_veth(o, "a", "a2");
	make_veth(o, "b", "b2");
	make_veth(o, "c", "c2");
	make_veth(o, "d", "d2");
	make_veth(o, "e", "e2");
	make_bridge(o, "br8");
	assert_int_equal(vbr_port_add(o->ctx, "br8", "e"), 0);
	assert_int_equal(vbr_bridge_set(o->ctx, "br8", "ageing_time", 900), 0);
	make_bridge(o, "br9");
	has_vlans = can_filter(o, "br9");
	s->was = parse(o, was_lines, was_vlans, was_entry, has_vlans);
	s->becomes = parse(o, becomes_lines, becomes_vlans, becomes_entry,
			   has_vlans);
	delete_link(o, "br9");
	/* The kernel changes the queue of a device that is up for the first time. */
	begin(s);
	make(o, s->becomes);
	s->after = state_of(o);
}

static void drop(struct stage *s)
{
	vbr_config_free(s->was);
	vbr_config_free(s->becomes);
	free(s->before);
	free(s->after);
}

static void everywhere(void **state)
{
	unsigned int seed = (unsigned int)seed_of("VB_FAULT_SEED");
	size_t step = number_of("VB_FAULT_STEP", 60);
	struct stage s;

	print_message("# seed %u\n", seed);
	srand(seed);
	setup(&s, *state);
	for (enum fault how = SEND; how < FAULTS; how++)
		for (size_t at = 1; attempt(&s, how, at);)
			at += 1 + (size_t)rand() % (2 * step - 1);
	print_message("# undone: %zu, told: %zu, done: %zu\n", s.undone, s.told,
		      s.done);
	drop(&s);
}

/* --- a process that is killed --------------------------------------------- */

static void restore_and_die(struct stage *s, size_t at)
{
	struct vbr_ctx *ctx;

	if (vbr_ctx_new(NULL, &ctx) < 0)
		_exit(1);
	fault_begin(ctx, KILL, at);
	_exit(vbr_config_restore(ctx, s->becomes, VBR_CONFIG_EXACT, NULL) < 0);
}

/* The number of datagrams and ioctls that a restore sends. */
static size_t count_points(struct stage *s)
{
	struct vbr_ctx *ctx;

	begin(s);
	assert_int_equal(vbr_ctx_new(NULL, &ctx), 0);
	fault_begin(ctx, KILL, 0);
	assert_int_equal(vbr_config_restore(ctx, s->becomes, VBR_CONFIG_EXACT,
					    NULL),
			 0);
	vbr_ctx_unref(ctx);
	return faults.count;
}

/* The next restore finishes it; br8, which is in no file, stays. */
static void kill_at(struct stage *s, size_t at)
{
	int status;
	pid_t child;

	begin(s);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		restore_and_die(s, at);
	assert_int_equal(waitpid(child, &status, 0), child);
	check(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
	      "at %zu it ended with %d", at, status);
	faults = (struct faults){ .how = KILL, .at = at };
	make(s->o, s->becomes);
	check_done(s);
}

static void killed(void **state)
{
	unsigned int seed = (unsigned int)seed_of("VB_FAULT_SEED");
	size_t kills = number_of("VB_KILLS", 5), points;
	struct stage s;

	srand(seed);
	setup(&s, *state);
	points = count_points(&s);
	print_message("# seed %u, %zu of %zu points\n", seed, kills, points);
	for (size_t i = 0; i < kills; i++)
		kill_at(&s, 1 + (size_t)rand() % points);
	drop(&s);
}

/* --- a device that vanishes ----------------------------------------------- */

/* Returns whether the restore got as far as that. */
static bool vanish_at(struct oracle *o, const struct vbr_config *config,
		      size_t at)
{
	struct vbr_ctx *ctx;
	int rc;

	make_veth(o, "gone", "far");
	assert_int_equal(vbr_ctx_new(NULL, &ctx), 0);
	fault_begin(ctx, VANISH, at);
	rc = vbr_config_restore(ctx, config, 0, NULL);
	if (rc < 0) {
		const char *error = vbr_ctx_error(ctx);

		/* The ioctl that adds a port has EINVAL for an unknown index. */
		check(rc == -ENODEV || rc == -EINVAL, "%zu: %d, %s", at, rc,
		      error);
		check(says(error, "\"gone\""), "%zu: %s", at, error);
		check(!link_exists(o, "br0") && !link_exists(o, "br1"),
		      "%zu: %s", at, error);
	}
	vbr_ctx_unref(ctx);
	for (size_t i = 0; i < 2; i++)
		if (link_exists(o, i ? "br1" : "br0"))
			delete_link(o, i ? "br1" : "br0");
	return faults.count >= at;
}

static void vanished(void **state)
{
	static const char lines[] = "addbr br0\n"
				    "addbr br1\n"
				    "addif br1 gone\n"
				    "setport br1 gone path_cost=9\n";
	struct oracle *o = *state;
	struct vbr_config *config = parse(o, lines, "", "", false);
	size_t at = 1;

	while (vanish_at(o, config, at))
		at++;
	print_message("# %zu points\n", at - 1);
	vbr_config_free(config);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("a restore that fails is undone, or it is told",
			    everywhere),
		ORACLE_TEST("the next restore finishes one that was killed",
			    killed),
		ORACLE_TEST("a device that vanishes during a restore is named",
			    vanished),
	};

	return run_all(tests);
}
