/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A message of each kind that the library reads, from which broken and random
 * messages are made. */

#ifndef UNIT_SAMPLES_H
#define UNIT_SAMPLES_H

#include "unit/answers.h"

/* Bridges, ports, VLAN devices and FDB entries. br0 has index 7, its ports are
 * eth0 (8) and eth1 (9). */
void add_sample_links(struct datagram *d);
/* Everything that messages about VLANs and groups can contain. */
void add_sample_tables(struct datagram *d);
/* Extended acks: errors, and the ends of dumps. */
void add_sample_verdicts(struct datagram *d);
/* All of these. */
void add_samples(struct datagram *d);

#endif
