/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The addresses, routes, rules, neighbours and nexthops of all devices, to be
 * put back when a change is undone. */

#include "config.h"

#include "ip/kept.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "core/batch.h"
#include "core/context.h"
#include "core/link.h"
#include "core/talk.h"
#include "ip/change.h"
#include "ip/state.h"
#include "ip/sysctl.h"
#include "ip/view.h"
#include "wire/ip-message.h"
#include "wire/request.h"

struct ip_kept {
	struct ip_state *state; /* requests */
	struct ip_device *devices;
	size_t count, room;
};

void ip_kept_free(struct ip_kept *kept)
{
	if (!kept)
		return;
	ip_state_free(kept->state);
	free(kept->devices);
	free(kept);
}

/* --- devices -------------------------------------------------------------- */

static int add_device(struct ip_kept *kept, int index, const char *name)
{
	struct ip_device *devices, *device;

	devices = array_grow(kept->devices, sizeof(*devices), kept->count,
			     &kept->room);
	if (!devices)
		return -ENOMEM;
	kept->devices = devices;
	device = &devices[kept->count];
	device->index = index;
	if (strlen(name) >= sizeof(device->name))
		return -EBADMSG;
	strcpy(device->name, name);
	kept->count++;
	return 0;
}

static int take_device(const char *name, int index, bool is_free, void *data)
{
	(void)is_free;
	return add_device(data, index, name);
}

static const struct ip_device *find_index(const struct ip_kept *kept, int index)
{
	for (size_t i = 0; i < kept->count; i++)
		if (kept->devices[i].index == index)
			return &kept->devices[i];
	return NULL;
}

static const struct ip_device *find_name(const struct ip_kept *kept,
					 const char *name)
{
	for (size_t i = 0; i < kept->count; i++)
		if (strcmp(kept->devices[i].name, name) == 0)
			return &kept->devices[i];
	return NULL;
}

/* --- how link-local addresses are made ------------------------------------ */

static void take_modes(struct vbr_ctx *ctx, struct ip_kept *kept)
{
	for (size_t i = 0; i < kept->count; i++) {
		struct ip_device *device = &kept->devices[i];

		device->gen_mode = -1;
		sysctl_read_ipv6(ctx, device->name, "addr_gen_mode",
				 &device->gen_mode);
	}
}

static int mode_of(const struct ip_kept *kept, const char *name)
{
	const struct ip_device *device = find_name(kept, name);

	return device ? device->gen_mode : -1;
}

/* Devices that the change has changed, and nobody has changed since. */
static int put_modes_back(struct vbr_ctx *ctx, const struct ip_kept *before,
			  const struct ip_kept *after,
			  const struct ip_kept *last, const struct ip_kept *now)
{
	int first = 0;

	for (size_t i = 0; i < before->count; i++) {
		const char *name = before->devices[i].name;
		const struct ip_device *device = find_name(now, name);
		int mode = before->devices[i].gen_mode, rc;
		struct request req;

		if (!device || mode < 0 || mode_of(now, name) == mode ||
		    mode_of(after, name) == mode ||
		    mode_of(last, name) != mode_of(after, name))
			continue;
		request_gen_mode(&req, device->index, (uint8_t)mode);
		rc = talk(ctx, &req.head, NULL);
		if (first == 0)
			first = rc;
	}
	return first;
}

/* --- take ----------------------------------------------------------------- */

static void forget_devices(void *data)
{
	struct ip_kept *kept = data;

	kept->count = 0;
}

/* Which devices; without a function, all. */
struct choice {
	bool (*is_wanted)(const char *name, void *data);
	void *data;
};

/* Without devices, ip_state_take() would read everything: there is always one,
 * which may be none of the system. */
static int choose(const struct ip_kept *kept, const struct choice *choice,
		  struct ip_device **ret_devices, size_t *ret_count)
{
	struct ip_device *devices = calloc(kept->count + 1, sizeof(*devices));
	size_t count = 0;

	if (!devices)
		return -ENOMEM;
	for (size_t i = 0; i < kept->count; i++)
		if (choice->is_wanted(kept->devices[i].name, choice->data))
			devices[count++] = kept->devices[i];
	*ret_devices = devices;
	*ret_count = count ? count : 1;
	return 0;
}

static int take_state(struct vbr_ctx *ctx, const struct ip_kept *kept,
		      const struct choice *choice, struct ip_state **ret_raw)
{
	struct ip_device *devices = NULL;
	size_t count = 0;
	int rc = 0;

	if (choice->is_wanted)
		rc = choose(kept, choice, &devices, &count);
	if (rc == 0)
		rc = ip_state_take(ctx, devices, count, ret_raw);
	free(devices);
	return rc;
}

static int take(struct vbr_ctx *ctx, const struct choice *choice,
		struct ip_kept *kept)
{
	struct ip_state *raw;
	int rc = link_foreach(ctx, take_device, forget_devices, kept);

	if (rc == 0)
		rc = take_state(ctx, kept, choice, &raw);
	if (rc < 0)
		return rc == -ENOMEM ? context_fail(ctx, rc, NULL) : rc;
	rc = ip_state_requests(raw, NULL, &kept->state);
	ip_state_free(raw);
	if (rc == 0)
		take_modes(ctx, kept);
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

int ip_kept_take_of(struct vbr_ctx *ctx,
		    bool (*is_wanted)(const char *name, void *data), void *data,
		    struct ip_kept **ret_kept)
{
	const struct choice choice = { is_wanted, data };
	struct ip_kept *kept = calloc(1, sizeof(*kept));
	int rc;

	context_begin(ctx, N_("cannot read the addresses and routes"));
	rc = kept ? take(ctx, &choice, kept) : context_fail(ctx, -ENOMEM, NULL);
	if (rc < 0)
		ip_kept_free(kept);
	else
		*ret_kept = kept;
	return rc;
}

int ip_kept_take(struct vbr_ctx *ctx, struct ip_kept **ret_kept)
{
	return ip_kept_take_of(ctx, NULL, NULL, ret_kept);
}

/* --- put back ------------------------------------------------------------- */

/* "last" is what there was when the undo began; "now" is after it. */
struct put_back {
	const struct ip_kept *before_kept, *last_kept, *now_kept;
	struct view before, after, last, now;
	struct ip_state wanted, extra;
	bool is_of_replaced; /* only rows on devices that were created again */
};

static const struct nlmsghdr *row_of(const struct view *view, size_t i)
{
	return i == VIEW_NONE ? NULL : view->state->rows[i].msg;
}

/* The row of a view about the same thing as a row of another view, or NULL. */
static const struct nlmsghdr *find(const struct view *view,
				   const struct view *other, size_t i)
{
	return row_of(view, view_find(view, other, i));
}

static bool says_same(const struct nlmsghdr *a, const struct nlmsghdr *b)
{
	if (!a || !b)
		return a == b;
	return ip_message_is_equal(a, b);
}

/* --- devices that were created again -------------------------------------- */

/* Gives a request the index that a device has now. -ENODEV: it is gone. */
static int move_index(struct ip_state *requests, int index,
		      const struct ip_kept *then, const struct ip_kept *now)
{
	const struct ip_device *was = find_index(then, index), *is;
	struct ip_move move;
	struct ip_row row;

	is = was ? find_name(now, was->name) : NULL;
	if (!is)
		return -ENODEV;
	if (is->index == index)
		return 0;
	move = (struct ip_move){ index, is->index, was->name, is->name };
	row = requests->rows[--requests->count];
	return ip_state_add(requests, &row, &move);
}

static int move_hops(struct ip_state *requests, const struct ip_message *row,
		     const struct ip_kept *then, const struct ip_kept *now)
{
	struct attr_span hops = row->hops;
	struct ip_hop hop;
	int rc = 0;

	while (rc == 0 && ip_hop_take(&hops, row->family, &hop))
		rc = move_index(requests, hop.index, then, now);
	return rc;
}

/* Whether one of the devices of a row has another index now. */
static bool uses_replaced(const struct put_back *put,
			  const struct ip_message *row,
			  const struct ip_kept *then)
{
	for (size_t i = 0; i < then->count; i++) {
		const struct ip_device *was = &then->devices[i], *is;

		if (!ip_message_uses(row, was->index, was->name))
			continue;
		is = find_name(put->now_kept, was->name);
		if (is && is->index != was->index)
			return true;
	}
	return false;
}

/* Adds a request for a row of one of the states, if its devices exist now. */
static int want(struct put_back *put, const struct view *view, size_t i,
		const struct ip_kept *then)
{
	const struct ip_message *row = &view->rows[i];
	size_t count = put->wanted.count;
	int rc;

	if (put->is_of_replaced && !uses_replaced(put, row, then))
		return 0;
	rc = ip_state_add(&put->wanted, &view->state->rows[i], NULL);
	if (rc == 0 && row->index)
		rc = move_index(&put->wanted, row->index, then, put->now_kept);
	if (rc == 0 && row->hops.len)
		rc = move_hops(&put->wanted, row, then, put->now_kept);
	if (rc < 0)
		put->wanted.count = count;
	return rc == -ENODEV ? 0 : rc;
}

/* --- the wanted state ----------------------------------------------------- */

/*
 * Whether the change has deleted or changed it, and nobody has changed it
 * since.
 */
static bool is_taken_away(const struct put_back *put, size_t i)
{
	const struct nlmsghdr *after = find(&put->after, &put->before, i);

	return !says_same(row_of(&put->before, i), after) &&
	       says_same(find(&put->last, &put->before, i), after);
}

static int want_before(struct put_back *put, size_t i)
{
	if (!is_taken_away(put, i) ||
	    says_same(find(&put->now, &put->before, i),
		      row_of(&put->before, i)))
		return 0;
	return want(put, &put->before, i, put->before_kept);
}

/* Rows that the undo itself has deleted, for example when a port was down. The
 * change has added a part of it, and changed another. */
static int want_last(struct put_back *put, size_t i)
{
	const struct nlmsghdr *last = row_of(&put->last, i);
	size_t before = view_find(&put->before, &put->last, i);

	if (says_same(find(&put->now, &put->last, i), last) ||
	    (before == VIEW_NONE &&
	     says_same(find(&put->after, &put->last, i), last)) ||
	    (before != VIEW_NONE && is_taken_away(put, before)))
		return 0;
	return want(put, &put->last, i, put->last_kept);
}

/*
 * Rows that nobody has configured: they were learned, or belong to something
 * else.
 */
static bool is_kernels(const struct ip_message *row)
{
	const uint8_t *address = row->address;

	if (row->kind == IP_ADDRESS && row->family == AF_INET6)
		return address && address[0] == 0xfe &&
		       (address[1] & 0xc0) == 0x80;
	return row->kind == IP_NEIGHBOUR ||
	       (row->kind == IP_ROUTE && row->protocol == RTPROT_KERNEL);
}

/* Rows that the change has added and that still exist. */
static int remove_added(struct put_back *put, size_t i)
{
	const struct ip_row *row = &put->after.state->rows[i];
	int rc;

	if (is_kernels(&put->after.rows[i]) ||
	    find(&put->before, &put->after, i) ||
	    !says_same(row->msg, find(&put->now, &put->after, i)))
		return 0;
	rc = ip_state_add(&put->extra, row, NULL);
	if (rc == 0)
		ip_message_delete(put->extra.rows[put->extra.count - 1].msg);
	return rc;
}

static int compare(struct put_back *put)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < put->before.state->count; i++)
		rc = want_before(put, i);
	for (size_t i = 0; rc == 0 && i < put->last.state->count; i++)
		rc = want_last(put, i);
	for (size_t i = put->after.state->count; rc == 0 && i-- > 0;)
		rc = remove_added(put, i);
	return rc;
}

/* --- send ----------------------------------------------------------------- */

/* The rows to restore, in the form that ip_change() reads. */
static size_t list_wanted(const struct put_back *put, struct ip_device *list)
{
	struct ip_message row;
	size_t count = 0;

	for (size_t i = 0; i < put->now_kept->count; i++) {
		const struct ip_device *device = &put->now_kept->devices[i];

		for (size_t k = 0; k < put->wanted.count; k++)
			if (ip_message_parse(put->wanted.rows[k].msg, &row) ==
				    0 &&
			    ip_message_uses(&row, device->index,
					    device->name)) {
				list[count++] = *device;
				break;
			}
	}
	return count;
}

static int send_wanted(struct vbr_ctx *ctx, const struct put_back *put)
{
	struct ip_device *devices;
	size_t count;
	int rc;

	if (put->wanted.count == 0)
		return 0;
	devices = calloc(put->now_kept->count + 1, sizeof(*devices));
	if (!devices)
		return context_fail(ctx, -ENOMEM, NULL);
	count = list_wanted(put, devices);
	rc = ip_change(ctx, devices, count, &put->wanted,
		       IP_CHANGE_ADD_ONLY | IP_CHANGE_KEEP_GOING);
	free(devices);
	return rc;
}

/* Most rows were deleted together with their device or an address. */
static int send_extra(struct vbr_ctx *ctx, const struct put_back *put)
{
	int first = 0;

	for (size_t i = 0; i < put->extra.count; i++) {
		struct nlmsghdr *msg = put->extra.rows[i].msg;
		int verdict, rc = talk_messages(ctx, &msg, 1, &verdict);

		if (rc < 0 && rc != -ESRCH && rc != -EADDRNOTAVAIL &&
		    rc != -ENOENT && rc != -ENODEV && first == 0)
			first = rc;
	}
	return first;
}

static int run(struct vbr_ctx *ctx, struct put_back *put,
	       const struct ip_kept *after)
{
	int rc = view_new(put->before_kept->state, &put->before);

	if (rc == 0)
		rc = view_new(after->state, &put->after);
	if (rc == 0)
		rc = view_new(put->last_kept->state, &put->last);
	if (rc == 0)
		rc = view_new(put->now_kept->state, &put->now);
	if (rc == 0)
		rc = compare(put);
	if (rc < 0)
		return context_fail(ctx, rc, NULL);
	/*
	 * Adding first keeps connections; but a route may conflict with another
	 * one.
	 */
	rc = send_wanted(ctx, put);
	if (rc == 0 || rc == -EEXIST) {
		int extra = send_extra(ctx, put);

		if (rc == -EEXIST)
			rc = send_wanted(ctx, put);
		if (rc == 0)
			rc = extra;
	}
	return rc;
}

static void drop_state(struct ip_state *state)
{
	arena_free(&state->arena);
	free(state->rows);
}

static int put_back(struct vbr_ctx *ctx, struct put_back *put,
		    const struct ip_kept *after)
{
	struct ip_kept *now;
	int rc = ip_kept_take(ctx, &now);

	if (rc < 0)
		return rc;
	context_begin(ctx, N_("cannot put back addresses and routes"));
	put->now_kept = now;
	rc = run(ctx, put, after);
	if (rc == 0)
		rc = put_modes_back(ctx, put->before_kept, after,
				    put->last_kept, now);
	view_free(&put->before);
	view_free(&put->after);
	view_free(&put->last);
	view_free(&put->now);
	drop_state(&put->wanted);
	drop_state(&put->extra);
	ip_kept_free(now);
	return rc;
}

int ip_kept_put_back(struct vbr_ctx *ctx, const struct ip_kept *before,
		     const struct ip_kept *after, const struct ip_kept *last)
{
	struct put_back put = { .before_kept = before, .last_kept = last };

	return put_back(ctx, &put, after);
}

/*
 * All three states are the same: rows that do not exist now were deleted since.
 */
int ip_kept_put_back_replaced(struct vbr_ctx *ctx, const struct ip_kept *before)
{
	struct put_back put = {
		.before_kept = before,
		.last_kept = before,
		.is_of_replaced = true,
	};

	return put_back(ctx, &put, before);
}

/* --- lines ---------------------------------------------------------------- */

/* Large enough for a line without the bytes of its message. */
#define LINE_SIZE 64

static size_t count_bytes(const struct ip_kept *kept)
{
	size_t size = kept->count * LINE_SIZE + 1;

	for (size_t i = 0; i < kept->state->count; i++)
		size += 2 * (size_t)kept->state->rows[i].msg->nlmsg_len +
			LINE_SIZE;
	return size;
}

/* The request does not say that an address may be another host's. */
static char *format_row(char *at, const struct ip_row *row)
{
	const struct nlmsghdr *msg = row->msg;
	const unsigned char *bytes = (const unsigned char *)msg;

	at += sprintf(at, row->is_tentative ? "tentative " : "row ");
	for (size_t i = 0; i < msg->nlmsg_len; i++)
		at += sprintf(at, "%02x", bytes[i]);
	return at + sprintf(at, "\n");
}

char *ip_kept_format(const struct ip_kept *kept)
{
	char *text = malloc(count_bytes(kept)), *at = text;

	if (!text)
		return NULL;
	*at = '\0';
	for (size_t i = 0; i < kept->count; i++)
		at += sprintf(at, "device %d %d %s\n", kept->devices[i].index,
			      kept->devices[i].gen_mode, kept->devices[i].name);
	for (size_t i = 0; i < kept->state->count; i++)
		at = format_row(at, &kept->state->rows[i]);
	return text;
}

static int read_device(struct ip_kept *kept, const char *line)
{
	char *rest, *name;
	long index = strtol(line, &rest, 10);
	long mode = strtol(rest, &name, 10);
	int rc;

	if (*rest != ' ' || *name != ' ' || index <= 0)
		return -EBADMSG;
	rc = add_device(kept, (int)index, name + 1);
	if (rc == 0)
		kept->devices[kept->count - 1].gen_mode = (int)mode;
	return rc;
}

/* Room for the bytes of all rows: two digits each. */
struct bytes {
	unsigned char *at;
	size_t len;
	bool *are_tentative; /* one for each row */
	size_t count;
};

static int read_row(struct bytes *bytes, const char *line)
{
	size_t begin = bytes->len;

	for (; line[0]; line += 2) {
		unsigned int byte;

		if (!line[1] || sscanf(line, "%2x", &byte) != 1)
			return -EBADMSG;
		bytes->at[bytes->len++] = (unsigned char)byte;
	}
	if (bytes->len == begin)
		return -EBADMSG;
	bytes->len = (bytes->len + 3) & ~(size_t)3;
	bytes->count++;
	return 0;
}

static int read_line(struct ip_kept *kept, struct bytes *bytes,
		     const char *line)
{
	if (strncmp(line, "device ", strlen("device ")) == 0)
		return read_device(kept, line + strlen("device "));
	if (strncmp(line, "row ", strlen("row ")) == 0)
		return read_row(bytes, line + strlen("row "));
	if (strncmp(line, "tentative ", strlen("tentative ")) != 0)
		return -EBADMSG;
	bytes->are_tentative[bytes->count] = true;
	return read_row(bytes, line + strlen("tentative "));
}

static int read_lines(struct ip_kept *kept, struct bytes *bytes, char *text)
{
	struct ip_state *raw;
	char *line;
	int rc = 0;

	while (rc == 0 && (line = strsep(&text, "\n")))
		if (*line)
			rc = read_line(kept, bytes, line);
	if (rc == 0)
		rc = ip_state_load(bytes->at, bytes->len, &raw);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < raw->count && raw->count == bytes->count; i++)
		raw->rows[i].is_tentative = bytes->are_tentative[i];
	rc = raw->count == bytes->count
		     ? ip_state_requests(raw, NULL, &kept->state)
		     : -EBADMSG;
	ip_state_free(raw);
	return rc;
}

int ip_kept_parse(const char *text, struct ip_kept **ret_kept)
{
	struct ip_kept *kept = calloc(1, sizeof(*kept));
	size_t len = strlen(text);
	char *copy = malloc(len + 1);
	struct bytes bytes = { .at = calloc(1, len + 4),
			       .are_tentative = calloc(len + 1, sizeof(bool)) };
	int rc = kept && copy && bytes.at && bytes.are_tentative ? 0 : -ENOMEM;

	if (rc == 0) {
		memcpy(copy, text, len + 1);
		rc = read_lines(kept, &bytes, copy);
	}
	free(copy);
	free(bytes.at);
	free(bytes.are_tentative);
	if (rc < 0)
		ip_kept_free(kept);
	else
		*ret_kept = kept;
	return rc;
}
