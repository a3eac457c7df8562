/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The kernel's state of bridges and ports as text. Each line is a fact, and the
 * order is fixed. It is read from sysfs, without any code of the tools.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conform.h"

#define NET "/sys/class/net"

/* Timers, which change by themselves and are never equal. */
static const char *const timer[] = {
	"forward_delay_timer",	 "gc_timer",
	"hello_timer",		 "hold_timer",
	"message_age_timer",	 "tcn_timer",
	"topology_change_timer",
};

/* An entry of brforward; "ageing" is a timer. */
struct entry {
	uint8_t mac[6];
	uint8_t port_low;
	uint8_t is_local;
	uint32_t ageing;
	uint8_t port_high;
	uint8_t pad[3];
};

static bool is_timer(const char *name)
{
	for (size_t i = 0; i < sizeof(timer) / sizeof(*timer); i++)
		if (!strcmp(name, timer[i]))
			return true;
	return false;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool list_read(const char *path, struct words *ret_names)
{
	struct dirent *entry;
	DIR *dir = opendir(path);

	*ret_names = (struct words){ 0 };
	if (!dir)
		return false;
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			words_add(ret_names, entry->d_name);
	closedir(dir);
	if (ret_names->count)
		qsort(ret_names->word, ret_names->count,
		      sizeof(*ret_names->word), by_bytes);
	return true;
}

/* The contents of a small file, or the reason why it cannot be read. */
static void leaf(struct text *state, const char *key, const char *path)
{
	char value[4096];
	ssize_t len = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 && errno == EACCES)
		return; /* write-only */
	if (fd >= 0)
		len = read(fd, value, sizeof(value) - 1);
	if (len < 0)
		len = snprintf(value, sizeof(value), "(%s)", strerror(errno));
	if (fd >= 0)
		close(fd);
	while (len && value[len - 1] == '\n')
		len--;
	text_printf(state, "%s: %.*s\n", key, (int)len, value);
}

static void link_leaf(struct text *state, const char *key, const char *path)
{
	char target[4096], *base;
	ssize_t len = readlink(path, target, sizeof(target) - 1);

	if (len < 0)
		return;
	target[len] = '\0';
	base = strrchr(target, '/');
	text_printf(state, "%s -> %s\n", key, base ? base + 1 : target);
}

static void directory(struct text *state, const char *device, const char *what)
{
	struct words names;
	char path[512], key[512];

	snprintf(path, sizeof(path), NET "/%s/%s", device, what);
	if (!list_read(path, &names))
		return;
	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.word[i];

		if (is_timer(name))
			continue;
		snprintf(path, sizeof(path), NET "/%s/%s/%s", device, what,
			 name);
		snprintf(key, sizeof(key), "%s/%s/%s", device, what, name);
		if (!strcmp(name, "bridge") || !strcmp(what, "brif"))
			link_leaf(state, key, path);
		else
			leaf(state, key, path);
	}
	words_free(&names);
}

static int by_entry(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct entry));
}

/* A read returns at most a page, so this reads until the end of the file. */
static struct text entries_read(const char *device)
{
	struct text all = { 0 };
	char path[512], part[65536];
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), NET "/%s/brforward", device);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return all;
	while ((len = read(fd, part, sizeof(part))) > 0)
		text_add(&all, part, (size_t)len);
	close(fd);
	return all;
}

static void forward(struct text *state, const char *device)
{
	struct text all = entries_read(device);
	struct entry *entry = (struct entry *)(void *)all.data;
	size_t count = all.len / sizeof(*entry);

	for (size_t i = 0; i < count; i++)
		if (!entry[i].is_local)
			entry[i].ageing = 0;
	if (count)
		qsort(entry, count, sizeof(*entry), by_entry);
	for (size_t i = 0; i < count; i++) {
		const uint8_t *m = entry[i].mac;

		text_printf(state,
			    "%s/brforward: %02x:%02x:%02x:%02x:%02x:%02x"
			    " port %d local %d ageing %u\n",
			    device, m[0], m[1], m[2], m[3], m[4], m[5],
			    entry[i].port_high << 8 | entry[i].port_low,
			    entry[i].is_local, entry[i].ageing);
	}
	text_free(&all);
}

/* The age of an entry in 1/100 s, or -1 if there is none. */
long entry_age(const char *device, const uint8_t mac[6])
{
	struct text all = entries_read(device);
	const struct entry *entry = (struct entry *)(void *)all.data;
	long age = -1;

	for (size_t i = 0; i < all.len / sizeof(*entry) && age < 0; i++)
		if (!memcmp(entry[i].mac, mac, 6))
			age = entry[i].ageing;
	text_free(&all);
	return age;
}

/* Without ports, a bridge has a random MAC address. */
static bool has_own_mac(const char *device)
{
	struct words ports;
	char path[512];
	bool empty;

	snprintf(path, sizeof(path), NET "/%s/brif", device);
	if (!list_read(path, &ports))
		return true;
	empty = !ports.count;
	words_free(&ports);
	return !empty;
}

static void device(struct text *state, const char *name)
{
	static const char *const fact[] = { "flags", "mtu", "address" };
	char path[512], key[512];

	for (size_t i = 0; i < sizeof(fact) / sizeof(*fact); i++) {
		if (!strcmp(fact[i], "address") && !has_own_mac(name))
			continue;
		snprintf(path, sizeof(path), NET "/%s/%s", name, fact[i]);
		snprintf(key, sizeof(key), "%s/%s", name, fact[i]);
		leaf(state, key, path);
	}
	snprintf(path, sizeof(path), NET "/%s/master", name);
	snprintf(key, sizeof(key), "%s/master", name);
	link_leaf(state, key, path);
	directory(state, name, "bridge");
	directory(state, name, "brif");
	directory(state, name, "brport");
	forward(state, name);
}

void state_read(struct text *ret_state)
{
	struct words names;

	ret_state->len = 0;
	text_add(ret_state, "", 0);
	if (!list_read(NET, &names))
		die("cannot list the devices of a twin");
	for (size_t i = 0; i < names.count; i++)
		if (strcmp(names.word[i], "bonding_masters"))
			device(ret_state, names.word[i]);
	words_free(&names);
}

char *file_read(const char *path)
{
	struct text all = { 0 };
	char part[4096];
	ssize_t len;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	text_add(&all, "", 0);
	while ((len = read(fd, part, sizeof(part))) > 0)
		text_add(&all, part, (size_t)len);
	close(fd);
	return all.data;
}
