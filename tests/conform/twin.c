/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A twin: a process in its own namespaces that runs a tool or another step, and
 * returns the results. Both twins work at the same time.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "conform.h"

struct head {
	uint32_t kind; /* enum request, or a status */
	uint32_t mode;
	uint32_t start; /* of a reply: when the step started and ended, in ms */
	uint32_t end;
	uint32_t len[3]; /* of a request: the words; or out, err, state */
};

static bool read_all(int fd, void *data, size_t len)
{
	char *at = data;

	while (len) {
		ssize_t got = read(fd, at, len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		len -= (size_t)got;
	}
	return true;
}

static void write_all(int fd, const void *data, size_t len)
{
	const char *at = data;

	while (len) {
		ssize_t put = write(fd, at, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			die("a twin is gone: %s", strerror(errno));
		at += put;
		len -= (size_t)put;
	}
}

static bool read_text(int fd, struct text *ret_text, size_t len)
{
	ret_text->data = xalloc(ret_text->data, len + 1);
	ret_text->cap = len + 1;
	ret_text->len = len;
	ret_text->data[len] = '\0';
	return read_all(fd, ret_text->data, len);
}

static void head_write(int fd, const struct head *head,
		       const struct text part[3])
{
	struct text all = { 0 };

	text_add(&all, head, sizeof(*head));
	for (int i = 0; i < 3; i++)
		if (part[i].len)
			text_add(&all, part[i].data, part[i].len);
	write_all(fd, all.data, all.len);
	text_free(&all);
}

static uint32_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint32_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static void serve_one(int fd, const struct head *head, struct tool_run *run,
		      int blind)
{
	struct text words = { 0 }, part[3] = { { 0 } };
	struct words argv = { 0 };
	struct head reply = { 0 };
	int status = 0;

	if (!read_text(fd, &words, head->len[0]))
		_exit(0);
	for (size_t at = 0; at < words.len; at += strlen(words.data + at) + 1)
		words_add(&argv, words.data + at);
	run->blind = head->mode & MODE_BLIND ? blind : -1;
	run->poor = head->mode & MODE_POOR;
	reply.start = now_ms();
	if (head->kind == REQ_TOOL)
		status = tool_run(run, argv.word, &part[0], &part[1]);
	else if (head->kind == REQ_ENV)
		status = env_run(&argv, &part[1]);
	else if (head->kind == REQ_NEED)
		status = !argv.word || !need_met(argv.word[0]);
	if (!(head->mode & MODE_QUIET))
		state_read(&part[2]);
	reply.end = now_ms();
	reply.kind = (uint32_t)status;
	for (int i = 0; i < 3; i++)
		reply.len[i] = (uint32_t)part[i].len;
	head_write(fd, &reply, part);
	for (int i = 0; i < 3; i++)
		text_free(&part[i]);
	text_free(&words);
	words_free(&argv);
}

static void serve(int fd, const struct twin *twin)
{
	struct tool_run run = { .path = twin->tool, .fake = twin->fake };
	struct head head = { 0 };
	int blind, err;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL))
		_exit(1);
	err = space_enter(twin->decoy, &blind);
	if (!err)
		err = tool_open(&run);
	head.kind = (uint32_t)-err;
	write_all(fd, &head, sizeof(head));
	while (!err && read_all(fd, &head, sizeof(head)))
		serve_one(fd, &head, &run, blind);
	_exit(0);
}

int twin_start(struct twin *twin)
{
	struct head head;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return -errno;
	twin->pid = fork();
	if (twin->pid < 0)
		return -errno;
	if (!twin->pid) {
		close(pair[0]);
		serve(pair[1], twin);
	}
	close(pair[1]);
	twin->fd = pair[0];
	if (!read_all(twin->fd, &head, sizeof(head)))
		return -EPIPE;
	return -(int)head.kind;
}

void twin_stop(struct twin *twin)
{
	if (twin->pid <= 0)
		return;
	/* The other twin has a copy of this descriptor, so close() is not
	 * enough. */
	shutdown(twin->fd, SHUT_RDWR);
	close(twin->fd);
	while (waitpid(twin->pid, NULL, 0) < 0 && errno == EINTR)
		;
	twin->pid = 0;
}

void twin_ask(struct twin *twin, enum request request, unsigned int mode,
	      const struct words *argv)
{
	struct text part[3] = { { 0 } };
	struct head head = { .kind = request, .mode = mode };

	for (size_t i = 0; argv && i < argv->count; i++)
		text_add(&part[0], argv->word[i], strlen(argv->word[i]) + 1);
	head.len[0] = (uint32_t)part[0].len;
	head_write(twin->fd, &head, part);
	text_free(&part[0]);
}

void twin_answer(struct twin *twin, struct answer *ret_answer)
{
	struct head head;

	if (!read_all(twin->fd, &head, sizeof(head)) ||
	    !read_text(twin->fd, &ret_answer->out, head.len[0]) ||
	    !read_text(twin->fd, &ret_answer->err, head.len[1]) ||
	    !read_text(twin->fd, &ret_answer->state, head.len[2]))
		die("a twin has died");
	ret_answer->status = (int)head.kind;
	ret_answer->start = head.start;
	ret_answer->end = head.end;
}

void answer_free(struct answer *answer)
{
	text_free(&answer->out);
	text_free(&answer->err);
	text_free(&answer->state);
}
