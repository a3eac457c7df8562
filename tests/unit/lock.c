/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Locks of a network namespace: one process owns a lock, the others wait or
 * learn its owner. */

#include "unit.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/lock.h"
#include "unit/refusing.h"
#include "vbridge.h"

#define LONG_MS 60000

/* Unique, because other runs may use the same namespace. */
static char name[64];

static void taken_once(void **state)
{
	struct lock first = { .name = name, .timeout = 0 };
	struct lock second = { .name = name, .timeout = 20 };

	(void)state;
	assert_int_equal(lock_take(-1, &first), 0);
	assert_int_equal(lock_take(-1, &second), -EBUSY);
	assert_int_equal(second.process, getpid());
	lock_release(&first);
	assert_int_equal(lock_take(-1, &second), 0);
	lock_release(&second);
}

/* Takes the lock, reports it, and waits to be killed. */
static void own(int says)
{
	struct lock lock = { .name = name, .timeout = 0 };

	if (lock_take(-1, &lock) == 0 && write(says, "", 1) == 1)
		pause();
	_exit(1);
}

static pid_t start_owner(void)
{
	int says[2];
	pid_t owner;
	char byte;

	assert_int_equal(pipe(says), 0);
	owner = fork();
	assert_true(owner >= 0);
	if (owner == 0)
		own(says[1]);
	assert_int_equal(read(says[0], &byte, 1), 1);
	close(says[0]);
	close(says[1]);
	return owner;
}

static void killed_owner(void **state)
{
	struct lock lock = { .name = name, .timeout = 20 };
	pid_t owner = start_owner(), killer;

	(void)state;
	assert_int_equal(lock_take(-1, &lock), -EBUSY);
	assert_int_equal(lock.process, owner);
	killer = fork();
	assert_true(killer >= 0);
	if (killer == 0) {
		/* Gives the others time to wait. */
		poll(NULL, 0, 100);
		_exit(kill(owner, SIGKILL));
	}
	lock.timeout = LONG_MS;
	assert_int_equal(lock_take(-1, &lock), 0);
	lock_release(&lock);
	waitpid(owner, NULL, 0);
	waitpid(killer, NULL, 0);
}

#define WAITERS 20

/* Each process gets the lock once, in any order. */
static void many_wait(void **state)
{
	struct lock lock = { .name = name, .timeout = LONG_MS };
	int status, done = 0;

	(void)state;
	assert_int_equal(lock_take(-1, &lock), 0);
	for (int i = 0; i < WAITERS; i++) {
		pid_t waiter = fork();

		assert_true(waiter >= 0);
		if (waiter == 0) {
			close(lock.fd);
			_exit(lock_take(-1, &lock) == 0 ? 0 : 1);
		}
	}
	lock_release(&lock);
	while (wait(&status) > 0)
		done += WIFEXITED(status) && WEXITSTATUS(status) == 0;
	assert_int_equal(done, WAITERS);
}

static void sentence(struct refusing *kernel, const char *wanted)
{
	struct vbr_ctx *ctx = refusing_new(kernel);
	struct vbr_config *config;

	assert_int_equal(vbr_config_parse(ctx, "file", "", 0, &config), 0);
	assert_int_equal(vbr_config_restore(ctx, config, 0, NULL),
			 kernel->lock);
	assert_string_equal(vbr_ctx_error(ctx), wanted);
	vbr_config_free(config);
	vbr_ctx_unref(ctx);
}

static void sentences(void **state)
{
	struct refusing kernel = { .lock = -EBUSY, .lock_owner = 4711 };

	(void)state;
	sentence(&kernel,
		 "cannot restore the bridges: process 4711 is restoring them, "
		 "and has not finished within 60 s");
	kernel.lock_owner = 0;
	sentence(&kernel,
		 "cannot restore the bridges: another process is restoring "
		 "them, and has not finished within 60 s");
	kernel.lock = -EMFILE;
	sentence(&kernel, "cannot restore the bridges: Too many open files");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a lock is taken once, until it is released", taken_once),
		TEST("the end of a process releases its lock", killed_owner),
		TEST("only one of many waiting processes has the lock",
		     many_wait),
		TEST("the process that restores is named", sentences),
	};

	snprintf(name, sizeof(name), "vbridge-test-%d", (int)getpid());
	return run_all(tests);
}
