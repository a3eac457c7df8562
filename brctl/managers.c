/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds DHCP clients and network managers in /proc, and the state of
 * ifupdown. */

#include "config.h"

#include "managers.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/out.h"
#include "vbridge.h"

#define IFSTATE "/run/network/ifstate"

/*
 * The process name "comm", of which the kernel keeps 15 bytes; whether the
 * device is one of its arguments; the advice.
 */
static const struct manager {
	char comm[16];
	bool has_device;
	char advice[96];
} managers[] = {
	{ "dhclient", true,
	  N_("start it again on \"%s\": the lease is not renewed") },
	{ "udhcpc", true,
	  N_("start it again on \"%s\": the lease is not renewed") },
	{ "dhcpcd", false,
	  N_("start it again on \"%s\": the lease is not renewed") },
	{ "NetworkManager", false,
	  N_("give it a connection for \"%s\" before it restarts") },
	{ "systemd-network", false,
	  N_("write .netdev and .network files for \"%s\"") },
};

#define MANAGERS (sizeof(managers) / sizeof(managers[0]))

static ssize_t read_file(int folder, const char *name, char *ret_text,
			 size_t size)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return -1;
	len = read(fd, ret_text, size - 1);
	close(fd);
	if (len >= 0)
		ret_text[len] = '\0';
	return len;
}

/* Processes of other namespaces have devices of the same names. */
static bool is_in_netns(int process, const struct stat *netns)
{
	struct stat other;

	return fstatat(process, "ns/net", &other, 0) == 0 &&
	       other.st_dev == netns->st_dev && other.st_ino == netns->st_ino;
}

static bool has_argument(int process, const char *device)
{
	char words[4096];
	ssize_t len = read_file(process, "cmdline", words, sizeof(words));

	for (ssize_t at = 0; at < len; at += (ssize_t)strlen(words + at) + 1)
		if (strcmp(words + at, device) == 0 ||
		    (strncmp(words + at, "-i", 2) == 0 &&
		     strcmp(words + at + 2, device) == 0))
			return true;
	return false;
}

static void warn(const struct cli *cli, const struct manager *manager,
		 const char *pid, const char *target)
{
	char name[4 * VBR_NAME_SIZE], advice[256];

	vbr_format_name(target, name, sizeof(name));
	snprintf(advice, sizeof(advice), _(manager->advice), name);
	cli_message(cli, _("%s (process %s) does not know of the move; %s"),
		    manager->comm, pid, advice);
}

static void look_at_process(const struct cli *cli, int folder, const char *pid,
			    const char *device, const char *target,
			    const struct stat *netns)
{
	int process = openat(folder, pid, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char comm[32];

	if (process < 0)
		return;
	if (read_file(process, "comm", comm, sizeof(comm)) > 0) {
		comm[strcspn(comm, "\n")] = '\0';
		for (size_t i = 0; i < MANAGERS; i++)
			if (strcmp(comm, managers[i].comm) == 0 &&
			    is_in_netns(process, netns) &&
			    (!managers[i].has_device ||
			     has_argument(process, device)))
				warn(cli, &managers[i], pid, target);
	}
	close(process);
}

/* The argument of --netns is a path, a name or a process. */
static bool find_netns(const char *word, struct stat *ret_netns)
{
	char path[PATH_MAX];

	if (!word)
		return stat("/proc/self/ns/net", ret_netns) == 0;
	if (strchr(word, '/'))
		return stat(word, ret_netns) == 0;
	snprintf(path, sizeof(path), "/run/netns/%s", word);
	if (stat(path, ret_netns) == 0)
		return true;
	snprintf(path, sizeof(path), "/proc/%s/ns/net", word);
	return stat(path, ret_netns) == 0;
}

static void look_at_processes(const struct cli *cli, const char *device,
			      const char *target)
{
	DIR *proc = opendir("/proc");
	const struct dirent *entry;
	struct stat netns;

	if (!proc)
		return;
	if (find_netns(cli->netns, &netns))
		while ((entry = readdir(proc)))
			if (isdigit((unsigned char)entry->d_name[0]))
				look_at_process(cli, dirfd(proc), entry->d_name,
						device, target, &netns);
	closedir(proc);
}

/* A line is "DEVICE=STANZA". */
static void look_at_ifupdown(const struct cli *cli, const char *device)
{
	char text[4096], *line, *rest = text;
	size_t len = strlen(device);

	if (read_file(AT_FDCWD, IFSTATE, text, sizeof(text)) <= 0)
		return;
	while ((line = strsep(&rest, "\n")))
		if (strncmp(line, device, len) == 0 && line[len] == '=')
			cli_message_about(
				cli, device, "%s",
				_("ifupdown has configured it; change /etc/network/interfaces, or the next start restores the old state"));
}

/* The file of ifupdown is about the namespace of the caller. */
void managers_warn(const struct cli *cli, const char *device,
		   const char *target)
{
	look_at_processes(cli, device, target);
	if (!cli->netns)
		look_at_ifupdown(cli, device);
}
