/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* One message of each kind that the library reads: what broken and random
 * messages are made of. */

#ifndef UNIT_SAMPLES_H
#define UNIT_SAMPLES_H

#include "unit/answers.h"

/* Bridges, ports, VLAN devices and FDB entries; br0 is 7, its ports are eth0,
 * 8, and eth1, 9. */
void add_sample_links(struct datagram *d);
/* All that can stand in messages about VLANs and groups. */
void add_sample_tables(struct datagram *d);
/* Extended verdicts: refusals, and the ends of dumps. */
void add_sample_verdicts(struct datagram *d);
/* All of these. */
void add_samples(struct datagram *d);

#endif
