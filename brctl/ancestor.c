/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the environment of the processes that started this one. */

#include "config.h"

#include "ancestor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* More processes between a shell and us are not usual. */
#define DEPTH_MAX 16

static FILE *open_file(pid_t process, const char *name)
{
	char path[48];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)process, name);
	return fopen(path, "re");
}

/* 0: there is none, or it cannot be read. */
static pid_t parent_of(pid_t process)
{
	FILE *file = open_file(process, "status");
	char line[256];
	int parent = 0;

	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "PPid: %d", &parent) == 1)
			break;
	fclose(file);
	return parent;
}

static bool read_variable(pid_t process, const char *name, char *ret_value,
			  size_t size)
{
	FILE *file = open_file(process, "environ");
	size_t len = strlen(name), room = 0;
	bool is_found = false;
	char *line = NULL;

	if (!file)
		return false;
	while (!is_found && getdelim(&line, &room, '\0', file) > 0)
		is_found = strncmp(line, name, len) == 0 && line[len] == '=' &&
			   strlen(line + len + 1) < size;
	if (is_found)
		strcpy(ret_value, line + len + 1);
	free(line);
	fclose(file);
	return is_found;
}

bool ancestor_getenv(const char *name, char *ret_value, size_t size)
{
	pid_t process = getppid();

	for (int i = 0; process > 0 && i < DEPTH_MAX; i++) {
		if (read_variable(process, name, ret_value, size))
			return true;
		process = parent_of(process);
	}
	return false;
}
