/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Keeps descriptors away from the standard streams. */

#ifndef VBR_SYS_DESCRIPTOR_H
#define VBR_SYS_DESCRIPTOR_H

/* If a standard stream is closed, a new descriptor gets its number, and the
 * output of the program would go to it. Returns another number for such a
 * descriptor, or -1 with errno. */
int avoid_standard_streams(int fd);

#endif
