/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Names of network devices: which are valid, and how to show them safely. */

#ifndef VBR_BASE_NAME_H
#define VBR_BASE_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* The kernel's IFNAMSIZ and ALTIFNAMSIZ; both include the NUL. */
#define NAME_SIZE 16
#define ALTNAME_SIZE 128

int name_check_new(const char *name);
bool name_is_reserved(const char *name);
bool name_can_exist(const char *name);
bool name_is_long(const char *name);
/*
 * The index in a word of the form "if:INDEX", which no device name has; 0:
 * another form.
 */
int name_index(const char *name);
size_t name_format(const char *name, char *ret_text, size_t size);

#endif
