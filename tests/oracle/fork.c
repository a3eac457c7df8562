/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A child process can use what its parent opened, and a program that is
 * executed inherits nothing. */

#include "oracle/oracle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/context.h"

/* What a child does. It cannot use assertions, which would end the test.
 * Returns 0, or the number of the step that failed. */
typedef int (*child_fn)(struct vbr_ctx *ctx, struct vbr_watch *watch);

static void in_child(child_fn function, struct vbr_ctx *ctx,
		     struct vbr_watch *watch)
{
	pid_t pid = fork();
	int status;

	assert_return_code(pid, errno);
	if (pid == 0)
		_exit(function(ctx, watch));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	check(WIFEXITED(status) && WEXITSTATUS(status) == 0,
	      "the child's status is %#x", (unsigned int)status);
}

static int count_events(const struct vbr_event *event, void *data)
{
	++*(int *)data;
	return vbr_event_is_gone(event) ? -EINVAL : 0;
}

/* Checks that both still work in this process. */
static void works(struct oracle *o, struct vbr_watch *watch, const char *name)
{
	struct pollfd ready = { vbr_watch_fd(watch), POLLIN, 0 };
	struct vbr_bridge *bridge;
	int events = 0;

	assert_int_equal(vbr_watch_read(watch, count_events, &events), 0);
	assert_int_equal(vbr_bridge_add(o->ctx, name), 0);
	assert_int_equal(vbr_bridge_get(o->ctx, name, &bridge), 0);
	vbr_bridge_free(bridge);
	assert_int_equal(poll(&ready, 1, 10000), 1);
	events = 0;
	assert_int_equal(vbr_watch_read(watch, count_events, &events), 0);
	assert_true(events > 0);
}

static int use_own(struct vbr_ctx *ctx, struct vbr_watch *watch)
{
	struct vbr_ctx *own;

	(void)ctx;
	(void)watch;
	if (vbr_ctx_new(NULL, &own) < 0)
		return 1;
	if (vbr_bridge_add(own, "child") < 0)
		return 2;
	vbr_ctx_unref(own);
	return 0;
}

static int give_back(struct vbr_ctx *ctx, struct vbr_watch *watch)
{
	vbr_watch_free(watch);
	vbr_ctx_unref(ctx);
	return 0;
}

static int take_over(struct vbr_ctx *ctx, struct vbr_watch *watch)
{
	struct vbr_bridges *bridges;
	int events = 0;

	if (vbr_bridge_add(ctx, "child") < 0)
		return 1;
	if (vbr_bridge_list(ctx, &bridges) < 0)
		return 2;
	if (vbr_bridges_count(bridges) != 1)
		return 3;
	vbr_bridges_free(bridges);
	if (poll(&(struct pollfd){ vbr_watch_fd(watch), POLLIN, 0 }, 1,
		 10000) != 1)
		return 4;
	if (vbr_watch_read(watch, count_events, &events) < 0 || !events)
		return 5;
	return give_back(ctx, watch);
}

static struct vbr_watch *begin(struct oracle *o)
{
	struct vbr_watch *watch;

	assert_int_equal(vbr_watch_new(o->ctx, VBR_WATCH_LINKS, &watch), 0);
	return watch;
}

static void own_context(void **state)
{
	struct oracle *o = *state;
	struct vbr_watch *watch = begin(o);

	works(o, watch, "before");
	in_child(use_own, o->ctx, watch);
	assert_true(link_exists(o, "child"));
	works(o, watch, "after");
	vbr_watch_free(watch);
}

static void given_back(void **state)
{
	struct oracle *o = *state;
	struct vbr_watch *watch = begin(o);

	works(o, watch, "before");
	in_child(give_back, o->ctx, watch);
	works(o, watch, "after");
	vbr_watch_free(watch);
}

/* Like a daemon that forks after its setup. */
static void taken_over(void **state)
{
	struct oracle *o = *state;
	struct vbr_watch *watch = begin(o);

	in_child(take_over, o->ctx, watch);
	assert_true(link_exists(o, "child"));
	vbr_watch_free(watch);
}

/* Returns the number of open descriptors. All but those in "except" must be
 * close-on-exec. Descriptors from 256 on belong to valgrind. */
static size_t descriptors(const bool except[256], bool ret_open[256])
{
	DIR *dir = opendir("/proc/self/fd");
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		int fd = atoi(entry->d_name);

		if (entry->d_name[0] == '.' || fd == dirfd(dir) || fd > 255)
			continue;
		if (ret_open)
			ret_open[fd] = true;
		check(!except || except[fd] || fcntl(fd, F_GETFD) & FD_CLOEXEC,
		      "descriptor %d is inherited", fd);
		count++;
	}
	closedir(dir);
	return count;
}

static void nothing_inherited(void **state)
{
	static bool before[256];
	struct vbr_ctx *here, *there;
	struct vbr_watch *watch;
	size_t count = descriptors(NULL, before);

	(void)state;
	assert_int_equal(vbr_ctx_new(NULL, &here), 0);
	assert_int_equal(vbr_ctx_new("/proc/self/ns/net", &there), 0);
	assert_int_equal(vbr_watch_new(there, VBR_WATCH_FDB, &watch), 0);
	assert_int_equal(vbr_bridge_add(here, "br0"), 0);
	assert_int_equal(here->transport->reset(here->transport_data), 0);
	assert_int_equal(there->transport->reset(there->transport_data), 0);
	assert_int_equal(descriptors(before, NULL), count + 3);
	vbr_watch_free(watch);
	vbr_ctx_unref(here);
	vbr_ctx_unref(there);
	assert_int_equal(descriptors(before, NULL), count);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("a child opens its own context", own_context),
		ORACLE_TEST("a child frees what its parent opened, too",
			    given_back),
		ORACLE_TEST("a child continues with its parent's context",
			    taken_over),
		ORACLE_TEST("an executed program inherits nothing",
			    nothing_inherited),
	};

	return run_all(tests);
}
