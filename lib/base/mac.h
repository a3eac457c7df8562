/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* MAC addresses and bridge ids as text; no kernel, no I/O. */

#ifndef VBR_BASE_MAC_H
#define VBR_BASE_MAC_H

#include <stdint.h>

#define MAC_LEN 6

int mac_parse(const char *text, uint8_t ret_mac[MAC_LEN]);
void mac_format(const uint8_t mac[MAC_LEN], char *ret_text);

/* A bridge id has 16 bits of priority above 48 bits of MAC. */
void mac_format_id(uint64_t id, char *ret_text);

#endif
