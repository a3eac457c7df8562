/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Frames that tell neighbours which MAC address an IP address has; no I/O. */

#ifndef VBR_WIRE_ANNOUNCE_H
#define VBR_WIRE_ANNOUNCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An IPv6 frame; one of ARP is shorter. */
#define ANNOUNCE_SIZE 86

/* A gratuitous ARP request; returns its length. */
size_t announce_ipv4(const uint8_t mac[6], const uint8_t address[4],
		     uint8_t ret_frame[ANNOUNCE_SIZE]);

/*
 * An unsolicited neighbour advertisement. Hosts stop using a router that
 * announces that it is not a router.
 */
size_t announce_ipv6(const uint8_t mac[6], const uint8_t address[16],
		     bool is_router, uint8_t ret_frame[ANNOUNCE_SIZE]);

#endif
