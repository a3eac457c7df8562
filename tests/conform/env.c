/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Steps that are not brctl: calls functions of link.c for their words. */
#include <errno.h>
#include <fcntl.h>
#include <linux/neighbour.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "conform.h"

#define NET "/sys/class/net"

enum { SETTLE_MS = 5000 };

static char *fact(const char *device, const char *file)
{
	char path[512], *value;

	snprintf(path, sizeof(path), NET "/%s/%s", device, file);
	value = file_read(path);
	if (value)
		value[strcspn(value, "\n")] = '\0';
	return value;
}

static bool fact_is(const char *device, const char *file, const char *wanted)
{
	char *value = fact(device, file);
	bool same = value && !strcmp(value, wanted);

	free(value);
	return same;
}

static bool poll_until(bool (*done)(const void *), const void *what, int ms)
{
	struct timespec pause = { .tv_nsec = 1000000 };
	struct timespec now, start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (;;) {
		if (done(what))
			return true;
		clock_gettime(CLOCK_MONOTONIC, &now);
		if ((now.tv_sec - start.tv_sec) * 1000 +
			    (now.tv_nsec - start.tv_nsec) / 1000000 >
		    ms)
			return false;
		nanosleep(&pause, NULL);
	}
}

/*
 * The kernel reports a carrier to the bridge from a work queue. A device with a
 * peer (veth) is settled when both files agree.
 */
static bool settled(const void *what)
{
	const char *device = what;
	char *index = fact(device, "ifindex"), *peer = fact(device, "iflink");
	bool alone = !index || !peer || !strcmp(index, peer);

	free(index);
	free(peer);
	if (alone)
		return true;
	return fact_is(device, "carrier", "1") ==
	       fact_is(device, "operstate", "up");
}

static int settle(const char *device)
{
	char peer[IF_NAMESIZE] = "", *index = fact(device, "iflink");

	if (index)
		if_indextoname((unsigned int)atoi(index), peer);
	free(index);
	if (!poll_until(settled, device, SETTLE_MS) ||
	    (*peer && !poll_until(settled, peer, SETTLE_MS)))
		return -ETIMEDOUT;
	return 0;
}

static int env_veth(char **arg)
{
	return link_veth(arg[0], arg[1], arg[2], arg[2] ? arg[3] : NULL);
}

/* veths FROM TO NAME PEER: pairs with a number at the end of their names */
static int env_veths(char **arg)
{
	int from = atoi(arg[0]), to = atoi(arg[1]), err = 0;

	for (int i = from; i <= to && !err; i++) {
		char name[IF_NAMESIZE], peer[IF_NAMESIZE];

		snprintf(name, sizeof(name), "%.8s%d", arg[2], i % 100000);
		snprintf(peer, sizeof(peer), "%.8s%d", arg[3], i % 100000);
		err = link_veth(name, peer, NULL, NULL);
	}
	return err;
}

static int env_link(char **arg)
{
	return link_add(arg[0], arg[1], arg[2]);
}

static int env_tun(char **arg)
{
	return link_tun(arg[0], false);
}

static int env_tap(char **arg)
{
	int err = link_tun(arg[0], true);

	return err ? err : link_mac(arg[0], arg[1]);
}

static int env_del(char **arg)
{
	return link_del(arg[0]);
}

static int env_up(char **arg)
{
	int err = 0;

	for (; *arg && !err; arg++) {
		err = link_up(*arg, true);
		if (!err)
			err = settle(*arg);
	}
	return err;
}

static int env_down(char **arg)
{
	int err = 0;

	for (; *arg && !err; arg++) {
		err = link_up(*arg, false);
		if (!err)
			err = settle(*arg);
	}
	return err;
}

static int env_master(char **arg)
{
	return link_master(arg[0], arg[1]);
}

static int env_mac(char **arg)
{
	return link_mac(arg[0], arg[1]);
}

static int env_rename(char **arg)
{
	return link_rename(arg[0], arg[1]);
}

static int env_attach(char **arg)
{
	int err = 0;

	for (char **port = arg + 1; *port && !err; port++)
		err = link_attach(arg[0], *port);
	return err;
}

/* fdb add|del DEVICE MAC [static|local|dynamic [VLAN]] */
static int env_fdb(char **arg)
{
	static const struct {
		const char *word;
		int state;
	} kind[] = {
		{ "static", NUD_NOARP },
		{ "local", NUD_PERMANENT },
		{ "dynamic", NUD_REACHABLE },
	};
	const char *word = arg[3] ? arg[3] : "static";
	int vlan = arg[3] && arg[4] ? atoi(arg[4]) : 0;

	for (size_t i = 0; i < sizeof(kind) / sizeof(*kind); i++)
		if (!strcmp(word, kind[i].word))
			return fdb_change(!strcmp(arg[0], "add"), arg[1],
					  arg[2], kind[i].state, vlan);
	return -EINVAL;
}

static int env_frame(char **arg)
{
	return frame_send(arg[0], arg[1], arg[2]);
}

/* write DEVICE/FILE VALUE */
static int env_write(char **arg)
{
	char path[512];
	ssize_t len;
	int fd, err = 0;

	snprintf(path, sizeof(path), NET "/%s", arg[0]);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	len = write(fd, arg[1], strlen(arg[1]));
	if (len < 0)
		err = -errno;
	close(fd);
	return err;
}

struct wish {
	const char *path;
	const char *value;
};

static bool wish_true(const void *what)
{
	const struct wish *wish = what;

	return fact_is(".", wish->path, wish->value);
}

/* wait DEVICE/FILE VALUE SECONDS */
static int env_wait(char **arg)
{
	struct wish wish = { .path = arg[0], .value = arg[1] };

	return poll_until(wish_true, &wish, atoi(arg[2]) * 1000) ? 0
								 : -ETIMEDOUT;
}

struct pupil {
	const char *bridge;
	uint8_t mac[6];
};

static bool learned(const void *what)
{
	const struct pupil *pupil = what;

	return entry_age(pupil->bridge, pupil->mac) > 0;
}

/* learned BRIDGE MAC: waits until the bridge has learned it and shows its
 * age */
static int env_learned(char **arg)
{
	struct pupil pupil = { .bridge = arg[0] };

	if (mac_parse(arg[1], pupil.mac))
		return -EINVAL;
	return poll_until(learned, &pupil, SETTLE_MS) ? 0 : -ETIMEDOUT;
}

/* Runs any other program, for rare cases. */
static int env_exec(char **arg)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return -errno;
	if (!pid) {
		execvp(arg[0], arg);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EPROTO;
}

static const struct {
	const char *word;
	size_t min;
	size_t max;
	int (*run)(char **arg);
} table[] = {
	{ "veth", 2, 4, env_veth },
	{ "veths", 4, 4, env_veths },
	{ "link", 2, 3, env_link },
	{ "tun", 1, 1, env_tun },
	{ "tap", 2, 2, env_tap },
	{ "del", 1, 1, env_del },
	{ "up", 1, SIZE_MAX, env_up },
	{ "down", 1, SIZE_MAX, env_down },
	{ "master", 2, 2, env_master },
	{ "nomaster", 1, 1, env_master },
	{ "mac", 2, 2, env_mac },
	{ "rename", 2, 2, env_rename },
	{ "attach", 2, SIZE_MAX, env_attach },
	{ "fdb", 3, 5, env_fdb },
	{ "frame", 3, 3, env_frame },
	{ "write", 2, 2, env_write },
	{ "wait", 3, 3, env_wait },
	{ "learned", 2, 2, env_learned },
	{ "exec", 1, SIZE_MAX, env_exec },
};

int env_run(const struct words *argv, struct text *ret_err)
{
	int err = -ENOSYS;

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		size_t count = argv->count - 1;

		if (strcmp(table[i].word, argv->word[0]))
			continue;
		if (count < table[i].min || count > table[i].max)
			err = -E2BIG;
		else
			err = table[i].run(argv->word + 1);
		break;
	}
	if (err)
		text_printf(ret_err, "%s\n", strerror(-err));
	return err ? 1 : 0;
}

/*
 * Returns whether the kernel has what a section needs: a kind of device, or
 * VLAN filtering. If the kernel knows the kind, it refuses the missing parent
 * with another errno.
 */
bool need_met(const char *need)
{
	bool vlan = !strcmp(need, "vlan_filtering");
	bool tun = !strcmp(need, "tun");
	int err = tun ? link_tun("probe", true)
		      : link_add(vlan ? "bridge" : need, "probe", NULL);
	bool met = tun ? !err : err != -EOPNOTSUPP;

	if (vlan)
		met = !access(NET "/probe/bridge/vlan_filtering", F_OK);
	if (!err)
		link_del("probe");
	return met;
}
