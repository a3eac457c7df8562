/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The words of link, for commands that set the same of a new device. */

#ifndef VBR_BRCTL_LINK_H
#define VBR_BRCTL_LINK_H

struct cli;
struct vbr_link_settings;

/* Take the word after "mtu" or "address"; NULL: there is none. Return the
 * status. */
int link_take_mtu(const struct cli *cli, const char *word,
		  struct vbr_link_settings *settings);
int link_take_address(const struct cli *cli, const char *word,
		      struct vbr_link_settings *settings);

#endif
