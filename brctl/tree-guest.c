/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the processes that have tap devices open, in /proc. */

#include "config.h"

#include "tree-guest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One process. */
struct process {
	struct tree_guests *guests;
	const char *pid;
	int folder; /* in /proc */
	char command[4096];
	size_t len;
};

/* --- the name of a process ------------------------------------------------ */

/* Reads the beginning, and adds a NUL. */
static size_t read_file(int folder, const char *path, char *ret_text,
			size_t size)
{
	int fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? 0 : read(fd, ret_text, size - 1);

	if (fd >= 0)
		close(fd);
	if (len < 0)
		len = 0;
	ret_text[len] = '\0';
	return (size_t)len;
}

/* The next word of the command line. NULL: it was the last. */
static const char *word_after(const struct process *process, const char *word)
{
	const char *next = word + strlen(word) + 1;

	return next < process->command + process->len ? next : NULL;
}

static const char *program_of(const struct process *process)
{
	const char *slash = strrchr(process->command, '/');

	return slash ? slash + 1 : process->command;
}

/* qemu's "-name web", or as libvirt has it: "-name guest=web,debug-threads=on".
 * NULL: it has none. */
static const char *machine_of(const struct process *process, size_t *ret_len)
{
	const char *word = process->command;

	while (word && strcmp(word, "-name") != 0)
		word = word_after(process, word);
	word = word ? word_after(process, word) : NULL;
	if (!word)
		return NULL;
	if (strncmp(word, "guest=", 6) == 0)
		word += 6;
	*ret_len = strcspn(word, ",");
	return *ret_len ? word : NULL;
}

static bool is_machine(const char *program)
{
	return strncmp(program, "qemu", 4) == 0 || strstr(program, "kvm");
}

/* --- collecting ----------------------------------------------------------- */

static int add_guest(const struct process *process, const char *tap)
{
	struct tree_guests *guests = process->guests;
	const char *program = program_of(process), *name;
	size_t len = strlen(program);
	struct tree_guest *list = reallocarray(guests->list, guests->count + 1,
					       sizeof(*list));
	struct tree_guest *guest;

	if (!list)
		return -ENOMEM;
	guests->list = list;
	guest = &list[guests->count];
	*guest = (struct tree_guest){
		.is_vm = is_machine(program),
		.pid = strtoul(process->pid, NULL, 10),
	};
	name = guest->is_vm ? machine_of(process, &len) : NULL;
	snprintf(guest->tap, sizeof(guest->tap), "%s", tap);
	guest->name = strndup(name ? name : program, len);
	if (!guest->name)
		return -ENOMEM;
	guests->count++;
	return 0;
}

/* A queue of a tap that is open more than once is the same guest. */
static bool is_known(const struct process *process, const char *tap)
{
	unsigned long pid = strtoul(process->pid, NULL, 10);
	const struct tree_guests *guests = process->guests;

	for (size_t i = guests->count; i > 0; i--) {
		if (guests->list[i - 1].pid != pid)
			return false;
		if (strcmp(guests->list[i - 1].tap, tap) == 0)
			return true;
	}
	return false;
}

static bool is_tun(int files, const char *fd)
{
	static const char suffix[] = "/net/tun";
	char target[PATH_MAX];
	ssize_t len = readlinkat(files, fd, target, sizeof(target));

	return len >= (ssize_t)sizeof(suffix) - 1 &&
	       memcmp(target + len - (sizeof(suffix) - 1), suffix,
		      sizeof(suffix) - 1) == 0;
}

/* The line "iff:" of fdinfo, since Linux 3.14. */
static int look_at_file(struct process *process, const char *fd)
{
	char path[NAME_MAX + 16], text[1024], *tap;

	snprintf(path, sizeof(path), "fdinfo/%s", fd);
	read_file(process->folder, path, text, sizeof(text));
	tap = strstr(text, "iff:\t");
	if (!tap)
		return 0;
	tap += 5;
	tap[strcspn(tap, "\n")] = '\0';
	if (!*tap || is_known(process, tap))
		return 0;
	if (!process->len)
		process->len = read_file(process->folder, "cmdline",
					 process->command,
					 sizeof(process->command));
	return add_guest(process, tap);
}

static int look_at_files(struct process *process)
{
	int fd = openat(process->folder, "fd",
			O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *files = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	int rc = 0;

	if (!files) {
		if (fd >= 0)
			close(fd);
		return 0;
	}
	while (rc == 0 && (entry = readdir(files)))
		if (is_tun(fd, entry->d_name))
			rc = look_at_file(process, entry->d_name);
	closedir(files);
	return rc;
}

/* --- processes ------------------------------------------------------------ */

static bool stat_netns(const char *netns, struct stat *ret_stat)
{
	char path[PATH_MAX];

	if (!netns)
		return stat("/proc/self/ns/net", ret_stat) == 0;
	if (strchr(netns, '/'))
		return stat(netns, ret_stat) == 0;
	snprintf(path, sizeof(path), "/run/netns/%s", netns);
	if (stat(path, ret_stat) == 0)
		return true;
	snprintf(path, sizeof(path), "/proc/%s/ns/net", netns);
	return stat(path, ret_stat) == 0;
}

static int look_at_process(struct tree_guests *guests, const char *pid,
			   int proc, const struct stat *netns)
{
	struct process process = { .guests = guests, .pid = pid };
	struct stat other;
	int rc = 0;

	process.folder = openat(proc, pid, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (process.folder < 0)
		return 0;
	/* A tap of the same name may be in each namespace. */
	if (fstatat(process.folder, "ns/net", &other, 0) == 0 &&
	    other.st_ino == netns->st_ino && other.st_dev == netns->st_dev)
		rc = look_at_files(&process);
	close(process.folder);
	return rc;
}

int tree_guests_read(const char *netns, struct tree_guests *ret_guests)
{
	struct tree_guests guests = { 0 };
	const struct dirent *entry;
	struct stat wanted;
	DIR *proc;
	int rc = 0;

	*ret_guests = guests;
	if (!stat_netns(netns, &wanted))
		return 0;
	proc = opendir("/proc");
	while (rc == 0 && proc && (entry = readdir(proc)))
		if (entry->d_name[strspn(entry->d_name, "0123456789")] == '\0')
			rc = look_at_process(&guests, entry->d_name,
					     dirfd(proc), &wanted);
	if (proc)
		closedir(proc);
	if (rc < 0)
		tree_guests_drop(&guests);
	*ret_guests = guests;
	return rc;
}

void tree_guests_drop(struct tree_guests *guests)
{
	for (size_t i = 0; i < guests->count; i++)
		free(guests->list[i].name);
	free(guests->list);
	*guests = (struct tree_guests){ 0 };
}
