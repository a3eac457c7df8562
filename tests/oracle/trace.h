/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Random bridges with real frames. */

#ifndef ORACLE_TRACE_H
#define ORACLE_TRACE_H

#include "oracle/seed.h"
#include "oracle/vlans.h"

#define MOST_PORTS 8

/* br0 with the ports p0, p1 and so on; their peers are f0, f1 ... */
struct world {
	struct oracle *o;
	uint64_t random;
	size_t ports;
	int bridge, port[MOST_PORTS], far[MOST_PORTS];
	int marker; /* the receiving end */
	uint8_t bridge_mac[6], port_mac[MOST_PORTS][6];
	bool has_vlans, has_filtering, is_filtering, has_querier, ages;
	int tap, sender, promiscuous; /* sockets; -1: none */
};

/* The contents of a frame that struct vbr_frame does not have. */
struct sample {
	struct vbr_frame frame;
	char port[8];
	size_t in; /* number of the port; MOST_PORTS: the host */
	uint32_t id;
};

/* Where a frame arrived: its tag; -1: no tag; -2: it did not arrive. */
enum { NOWHERE = -2 };
struct arrival {
	int vlan[MOST_PORTS];
	unsigned int copies[MOST_PORTS];
	bool host;
};

/* A random number below "limit". */
unsigned int draw(struct world *world, unsigned int limit);
/* Returns true in one of so many calls. */
bool rarely(struct world *world, unsigned int times);

/* trace-world.c */
void begin_worlds(struct world *world);
void end_worlds(struct world *world);
void make_world(struct world *world);
/* As the kernel makes it: nothing is set. */
void make_plain_world(struct world *world, size_t ports);
void drop_world(struct world *world);
/* Runs random frames, so many in each world. The variables of the environment
 * "seed" and "count" set the seed and the number of frames. */
struct frames {
	const char *seed, *count;
	uint64_t frames, of_world;
	bool (*run)(struct world *world); /* returns whether all is right */
};
void run_frames(struct oracle *o, const struct frames *frames);
void any_mac(struct world *world, uint8_t ret_mac[6]);
extern const char *const any_group[3], *const any_source[2];

/* trace-frame.c */
void open_sockets(struct world *world);
void make_sample(struct world *world, struct sample *ret_sample);
void send_sample(struct world *world, const struct sample *sample,
		 struct arrival *ret_arrival);

#endif
