/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Contexts in other network namespaces, by path, process id and name; the
 * caller stays in its own. */

#include "oracle/oracle.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/context.h"
#include "wire/request.h"

/* A process in its own namespace that tells whether a device exists there. It
 * uses an ioctl, and none of our code. */
static struct {
	pid_t pid;
	int ask, answer;
} other;

static void answer_questions(int in, int out)
{
	char name[IFNAMSIZ];

	while (read(in, name, sizeof(name)) == sizeof(name)) {
		char yes = (char)(if_nametoindex(name) != 0);

		if (write(out, &yes, 1) != 1)
			break;
	}
}

static void become_other(int in, int out)
{
	if (unshare(CLONE_NEWNET) == 0 && write(out, "", 1) == 1)
		answer_questions(in, out);
	_exit(0);
}

static int setup(void **state)
{
	int down[2], up[2];
	char ready;

	assert_int_equal(oracle_setup(state), 0);
	assert_return_code(pipe2(down, O_CLOEXEC), errno);
	assert_return_code(pipe2(up, O_CLOEXEC), errno);
	other.pid = fork();
	assert_return_code(other.pid, errno);
	if (other.pid == 0) {
		close(down[1]);
		become_other(down[0], up[1]);
	}
	close(down[0]);
	close(up[1]);
	other.ask = down[1];
	other.answer = up[0];
	assert_int_equal(read(other.answer, &ready, 1), 1);
	return 0;
}

static int teardown(void **state)
{
	close(other.ask);
	close(other.answer);
	assert_int_equal(waitpid(other.pid, NULL, 0), other.pid);
	return oracle_teardown(state);
}

static bool other_has(const char *device)
{
	char name[IFNAMSIZ] = "", yes;

	memccpy(name, device, '\0', sizeof(name) - 1);
	assert_int_equal(write(other.ask, name, sizeof(name)), sizeof(name));
	assert_int_equal(read(other.answer, &yes, 1), 1);
	return yes;
}

static ino_t here(void)
{
	struct stat st;

	assert_return_code(stat("/proc/thread-self/ns/net", &st), errno);
	return st.st_ino;
}

/* A bridge made with this context exists there, and not here. */
static void works_in(struct oracle *o, const char *netns)
{
	ino_t before = here();
	struct vbr_bridge *bridge;
	struct vbr_ctx *ctx;
	int rc = vbr_ctx_new(netns, &ctx);

	check(rc == 0, "%s gives %d", netns, rc);
	assert_true(here() == before);
	assert_int_equal(vbr_bridge_add(ctx, "there"), 0);
	assert_true(other_has("there"));
	assert_false(link_exists(o, "there"));
	assert_int_equal(vbr_bridge_get(ctx, "there", &bridge), 0);
	vbr_bridge_free(bridge);
	assert_int_equal(vbr_bridge_get(o->ctx, "there", &bridge), -ENODEV);
	assert_int_equal(vbr_bridge_del(ctx, "there"), 0);
	assert_false(other_has("there"));
	vbr_ctx_unref(ctx);
	assert_true(here() == before);
}

static void by_pid(void **state)
{
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", (int)other.pid);
	works_in(*state, pid);
}

static void by_path(void **state)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)other.pid);
	works_in(*state, path);
}

/* Like "ip netns", in a /run that other processes do not see. */
static void by_name(void **state)
{
	char path[64];
	int fd;

	assert_return_code(unshare(CLONE_NEWNS), errno);
	assert_return_code(mount("none", "/", "", MS_REC | MS_PRIVATE, NULL),
			   errno);
	assert_return_code(mount("none", "/run", "tmpfs", 0, NULL), errno);
	assert_return_code(mkdir("/run/netns", 0755), errno);
	fd = open("/run/netns/1st", O_CREAT | O_RDONLY | O_CLOEXEC, 0444);
	assert_return_code(fd, errno);
	close(fd);
	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)other.pid);
	assert_return_code(mount(path, "/run/netns/1st", "", MS_BIND, NULL),
			   errno);
	works_in(*state, "1st");
	works_in(*state, "/run/netns/1st");
	works_in(*state, "/run/netns/../netns/1st");
	/* The name exists, but nothing is mounted there, or no longer. */
	assert_return_code(umount2("/run/netns/1st", MNT_DETACH), errno);
	assert_int_equal(vbr_ctx_new("1st", &(struct vbr_ctx *){ NULL }),
			 -EINVAL);
	assert_return_code(umount2("/run", MNT_DETACH), errno);
}

static void outlives(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridges *bridges;
	struct vbr_ctx *ctx;
	siginfo_t gone;
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", (int)other.pid);
	assert_int_equal(vbr_ctx_new(pid, &ctx), 0);
	close(other.ask);
	assert_return_code(waitid(P_PID, (id_t)other.pid, &gone,
				  WEXITED | WNOWAIT),
			   errno);
	assert_int_equal(vbr_bridge_add(ctx, "there"), 0);
	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 1);
	vbr_bridges_free(bridges);
	assert_false(link_exists(o, "there"));
	vbr_ctx_unref(ctx);
	other.ask = -1;
}

static int count_event(const struct vbr_event *event, void *data)
{
	*(int *)data += vbr_event_bridge(event) != NULL;
	return 0;
}

/* Makes calls of each kind, in a namespace that no other process changes. */
static void works_alone(struct vbr_ctx *ctx, struct vbr_watch *watch)
{
	enum vbr_vlan_name_type naming;
	struct vbr_bridges *bridges;
	int events = 0, rc;
	bool on;

	assert_int_equal(vbr_bridge_add(ctx, "there"), 0);
	assert_int_equal(vbr_watch_read(watch, count_event, &events), 0);
	assert_int_equal(events, 1);
	assert_int_equal(vbr_watch_sync(watch, count_event, &events), 0);
	assert_int_equal(events, 2);
	assert_int_equal(ctx->transport->reset(ctx->transport_data), 0);
	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 1);
	vbr_bridges_free(bridges);
	/* Also files, for which the library enters the namespace. Without the
	 * modules, there are none. */
	rc = vbr_nf_get(ctx, vbr_nf_at(0), &on);
	assert_true(rc == 0 || rc == -ENOENT);
	rc = vbr_vlan_get_name_type(ctx, &naming);
	assert_true(rc == 0 || rc == -ENOENT);
	assert_int_equal(vbr_bridge_del(ctx, "there"), 0);
}

/* The name is deleted as by "ip netns", and the last process has left. */
static void vanished(void **state)
{
	struct oracle *o = *state;
	ino_t before = here();
	struct vbr_watch *watch;
	struct vbr_ctx *ctx, *other_ctx = o->ctx;
	siginfo_t gone;
	char path[64];

	assert_return_code(unshare(CLONE_NEWNS), errno);
	assert_return_code(mount("none", "/", "", MS_REC | MS_PRIVATE, NULL),
			   errno);
	assert_return_code(mount("none", "/run", "tmpfs", 0, NULL), errno);
	assert_return_code(mkdir("/run/netns", 0755), errno);
	assert_return_code(close(open("/run/netns/it", O_CREAT | O_CLOEXEC,
				      0444)),
			   errno);
	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)other.pid);
	assert_return_code(mount(path, "/run/netns/it", "", MS_BIND, NULL),
			   errno);
	assert_int_equal(vbr_ctx_new("it", &ctx), 0);
	assert_int_equal(vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch), 0);

	assert_return_code(umount2("/run/netns/it", MNT_DETACH), errno);
	assert_return_code(unlink("/run/netns/it"), errno);
	close(other.ask);
	other.ask = -1;
	assert_return_code(waitid(P_PID, (id_t)other.pid, &gone,
				  WEXITED | WNOWAIT),
			   errno);
	works_alone(ctx, watch);
	assert_int_equal(vbr_ctx_new("it", &other_ctx), -ENOENT);
	assert_int_equal(vbr_ctx_new(path, &other_ctx), -ENOENT);
	assert_ptr_equal(other_ctx, o->ctx);
	assert_true(here() == before);
	vbr_ctx_unref(ctx);
	vbr_watch_free(watch);
	assert_return_code(umount2("/run", MNT_DETACH), errno);
}

/* The thread that opened the context may have changed its namespace. */
static void left_behind(void **state)
{
	struct oracle *o = *state;
	int home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	enum vbr_vlan_name_type naming;
	struct vbr_watch *watch;
	ino_t there;
	int rc;

	assert_return_code(home, errno);
	assert_return_code(unshare(CLONE_NEWNET), errno);
	there = here();
	assert_int_equal(vbr_watch_new(o->ctx, VBR_WATCH_LINKS, &watch), 0);
	works_alone(o->ctx, watch);
	rc = vbr_vlan_set_name_type(o->ctx, VBR_VLAN_PLUS_VID);
	assert_true(rc == 0 || rc == -ENOPKG);
	if (rc == 0) {
		assert_int_equal(vbr_vlan_get_name_type(o->ctx, &naming), 0);
		assert_int_equal(naming, VBR_VLAN_PLUS_VID);
	}
	assert_true(here() == there);
	vbr_watch_free(watch);
	assert_return_code(setns(home, CLONE_NEWNET), errno);
	close(home);
}

/* A new socket is opened in the same namespace. */
static void reset(void **state)
{
	struct oracle *o = *state;
	ino_t before = here();
	struct vbr_ctx *ctx;
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", (int)other.pid);
	assert_int_equal(vbr_ctx_new(pid, &ctx), 0);
	assert_int_equal(ctx->transport->reset(ctx->transport_data), 0);
	assert_true(here() == before);
	assert_int_equal(vbr_bridge_add(ctx, "there"), 0);
	assert_true(other_has("there"));
	assert_false(link_exists(o, "there"));
	vbr_ctx_unref(ctx);
	/* Also for a context of this namespace. */
	assert_int_equal(o->ctx->transport->reset(o->ctx->transport_data), 0);
	assert_int_equal(vbr_bridge_add(o->ctx, "here"), 0);
	assert_true(link_exists(o, "here"));
}

/* A dump that nobody read does not disturb the next one. */
static void left_dump(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridges *bridges;
	struct request req;
	char name[16];

	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "br%d", i);
		make_bridge(o, name);
	}
	request_links_of_kind(&req, "bridge");
	assert_int_equal(o->ctx->transport->send(o->ctx->transport_data,
						 req.bytes, req.head.nlmsg_len),
			 0);
	assert_int_equal(o->ctx->transport->reset(o->ctx->transport_data), 0);
	assert_int_equal(vbr_bridge_list(o->ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 100);
	vbr_bridges_free(bridges);
}

static void no_namespaces(void **state)
{
	static const struct {
		const char *netns;
		int rc;
	} rows[] = {
		{ "/dev/null", -EINVAL },
		{ "/", -EINVAL },
		{ "/proc/self/ns/mnt", -EINVAL },
		{ "/proc/self/ns/user", -EINVAL },
		{ "/proc/self/ns/nothing", -ENOENT },
		{ "nothing", -ENOENT },
		{ "", -ENOENT },
		{ "0", -ENOENT },
	};
	struct oracle *o = *state;
	ino_t before = here();

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct vbr_ctx *ctx = o->ctx;
		int rc = vbr_ctx_new(rows[i].netns, &ctx);

		check(rc == rows[i].rc, "\"%s\" gives %d", rows[i].netns, rc);
		assert_ptr_equal(ctx, o->ctx);
		assert_true(here() == before);
	}
}

/* Two contexts do not affect each other, nor do their errors. */
static void two_at_once(void **state)
{
	struct oracle *o = *state;
	struct vbr_ctx *ctx;
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", (int)other.pid);
	assert_int_equal(vbr_ctx_new(pid, &ctx), 0);
	make_bridge(o, "br0");
	assert_int_equal(vbr_bridge_add(o->ctx, "br0"), -EEXIST);
	assert_int_equal(vbr_bridge_add(ctx, "br0"), 0);
	assert_string_equal(vbr_ctx_error(ctx), "");
	assert_string_equal(vbr_ctx_error(o->ctx),
			    "cannot add bridge \"br0\": File exists");
	vbr_ctx_unref(ctx);
}

#define OTHER_TEST(sentence, function) \
	{ \
		(sentence), (function), setup, teardown, NULL \
	}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		OTHER_TEST("a namespace is found by a process id", by_pid),
		OTHER_TEST("a namespace is found by a path", by_path),
		OTHER_TEST("a namespace is found by a name", by_name),
		OTHER_TEST("a context keeps its namespace", outlives),
		OTHER_TEST("a context works after its namespace has no name",
			   vanished),
		ORACLE_TEST("a context stays in its namespace", left_behind),
		OTHER_TEST("a reset stays in the same namespace", reset),
		ORACLE_TEST("a reset drops a dump", left_dump),
		ORACLE_TEST("invalid namespaces are refused", no_namespaces),
		OTHER_TEST("two contexts are independent", two_at_once),
	};

	return run_all(tests);
}
