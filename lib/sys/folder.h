/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Files in a folder that nobody else may write to. */

#ifndef VBR_SYS_FOLDER_H
#define VBR_SYS_FOLDER_H

#include <stddef.h>
#include <sys/types.h>

/* Opens a folder, and makes it if it is missing. -EPERM: others own it, or may
 * use it. */
int folder_open(const char *path, int *ret_fd);

/* Replaces a file as a whole. */
int folder_write(int folder, const char *name, const char *bytes, size_t len);

/* Reads a whole file, adds a NUL, and allocates the memory. */
int folder_read(int folder, const char *name, char **ret_bytes,
		size_t *ret_len);

int folder_remove(int folder, const char *name);

#endif
