/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* reload LIBRARY TIMES: repeatedly loads, uses and unloads the library, as
 * plugins do. Exits with 1 if a resource leaks. valgrind checks for memory
 * leaks. */

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vbridge.h"

/* After this number of rounds libc allocates nothing new. */
#define FIRST 3

static int fail(const char *what)
{
	const char *why = dlerror();

	fprintf(stderr, "reload: %s: %s\n", what, why ? why : "wrong");
	return -1;
}

/* The functions that this program uses. */
/* clang-format off */
#define FUNCTIONS(DO) \
	DO(vbr_ctx_new) \
	DO(vbr_ctx_error) \
	DO(vbr_ctx_unref) \
	DO(vbr_bridge_get) \
	DO(vbr_bridge_list) \
	DO(vbr_bridges_free) \
	DO(vbr_watch_new) \
	DO(vbr_watch_sync) \
	DO(vbr_watch_free)
/* clang-format on */

struct api {
#define MEMBER(name) __typeof__(name) *(name);
	FUNCTIONS(MEMBER)
};

static bool find(void *handle, const char *name, void *ret_function)
{
	void *function = dlsym(handle, name);

	/* POSIX allows the conversion to a function pointer. */
	memcpy(ret_function, &function, sizeof(function));
	return function != NULL;
}

static int find_all(void *handle, struct api *ret_api)
{
#define FIND(name) \
	if (!find(handle, #name, &ret_api->name)) \
		return fail(#name);
	FUNCTIONS(FIND)
	return 0;
}

static int no_event(const struct vbr_event *event, void *data)
{
	(void)event;
	(void)data;
	return 0;
}

/* Uses lists, memory, an error message, and a second socket. */
static int work(const struct api *api)
{
	struct vbr_bridges *bridges;
	struct vbr_bridge *bridge;
	struct vbr_watch *watch;
	struct vbr_ctx *ctx;

	if (api->vbr_ctx_new(NULL, &ctx) < 0)
		return fail("no context");
	if (api->vbr_bridge_list(ctx, &bridges) < 0)
		return fail("no list");
	api->vbr_bridges_free(bridges);
	if (api->vbr_bridge_get(ctx, "nothing", &bridge) != -ENODEV ||
	    !strstr(api->vbr_ctx_error(ctx), "\"nothing\""))
		return fail("no sentence");
	if (api->vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch) < 0 ||
	    api->vbr_watch_sync(watch, no_event, NULL) < 0)
		return fail("no watch");
	api->vbr_ctx_unref(ctx);
	api->vbr_watch_free(watch);
	return 0;
}

static int once(const char *library)
{
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
	struct api api;

	if (!handle)
		return fail(library);
	if (find_all(handle, &api) < 0 || work(&api) < 0)
		return -1;
	if (dlclose(handle) != 0)
		return fail("dlclose");
	if (dlopen(library, RTLD_NOW | RTLD_NOLOAD))
		return fail("it stays");
	return 0;
}

static int descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int count = 0;

	while (dir && readdir(dir))
		count++;
	if (dir)
		closedir(dir);
	return count;
}

/* Counts the mappings with this text in their line. */
static int mappings(const char *word)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[4352];
	int count = 0;

	while (maps && fgets(line, sizeof(line), maps))
		count += strstr(line, word) != NULL;
	if (maps)
		fclose(maps);
	return count;
}

int main(int argc, char **argv)
{
	int times = argc == 3 ? atoi(argv[2]) : 0;
	int open = 0, mapped = 0;

	if (times <= FIRST) {
		fprintf(stderr, "usage: reload LIBRARY TIMES\n");
		return 2;
	}
	setlocale(LC_ALL, "");
	for (int i = 0; i < times; i++) {
		if (once(argv[1]) < 0)
			return 1;
		if (i == FIRST) {
			open = descriptors();
			mapped = mappings("");
		}
	}
	printf("%d times; descriptors: %+d, mappings: %+d, of the library: "
	       "%d\n",
	       times, descriptors() - open, mappings("") - mapped,
	       mappings("libvbridge"));
	return 0;
}
