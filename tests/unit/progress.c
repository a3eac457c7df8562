/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Shows how much of a long command is done, on terminals only. The test has its
 * own clock. */

#include "cli/progress.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "unit.h"

static uint64_t now;

static uint64_t fake_clock(void)
{
	return now;
}

struct terminal {
	struct progress progress;
	int fd; /* the master side of the terminal */
};

/* In raw mode, so that a newline remains one byte. */
static void begin(struct terminal *terminal)
{
	struct termios raw;
	int fd;

	*terminal = (struct terminal){
		.progress.now = fake_clock,
		.fd = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK),
	};
	if (terminal->fd < 0 || grantpt(terminal->fd) || unlockpt(terminal->fd))
		skip();
	fd = open(ptsname(terminal->fd), O_RDWR | O_NOCTTY);
	if (fd < 0)
		skip();
	assert_int_equal(tcgetattr(fd, &raw), 0);
	cfmakeraw(&raw);
	assert_int_equal(tcsetattr(fd, TCSANOW, &raw), 0);
	terminal->progress.stream = fdopen(fd, "w");
	assert_non_null(terminal->progress.stream);
	now = 1000000;
}

/* What was printed since the last call. The kernel may deliver it in parts. */
static void shows(struct terminal *terminal, const char *expected)
{
	struct pollfd ready = { .fd = terminal->fd, .events = POLLIN };
	char text[256];
	size_t len = 0;

	do {
		ssize_t part = read(terminal->fd, text + len,
				    sizeof(text) - 1 - len);

		len += part > 0 ? (size_t)part : 0;
	} while (len < strlen(expected) && poll(&ready, 1, 10000) == 1);
	text[len] = '\0';
	assert_string_equal(text, expected);
}

static void end(struct terminal *terminal)
{
	fclose(terminal->progress.stream);
	close(terminal->fd);
}

static void silence(void **state)
{
	struct terminal terminal;

	(void)state;
	begin(&terminal);
	progress_show(&terminal.progress, "brctl", 0, 16);
	now += 1999;
	progress_show(&terminal.progress, "brctl", 1, 16);
	progress_erase(&terminal.progress);
	shows(&terminal, "");
	now += 1;
	progress_show(&terminal.progress, "brctl", 2, 16);
	shows(&terminal, "brctl: 2 of 16");
	end(&terminal);
}

static void intervals(void **state)
{
	struct terminal terminal;

	(void)state;
	begin(&terminal);
	progress_show(&terminal.progress, "brctl", 0, 16);
	now += 2000;
	progress_show(&terminal.progress, "brctl", 9, 16);
	now += 249;
	progress_show(&terminal.progress, "brctl", 10, 16);
	shows(&terminal, "brctl: 9 of 16");
	now += 1;
	progress_show(&terminal.progress, "brctl", 11, 16);
	shows(&terminal, "\r              \rbrctl: 11 of 16");
	progress_erase(&terminal.progress);
	shows(&terminal, "\r               \r");
	progress_erase(&terminal.progress);
	shows(&terminal, "");
	end(&terminal);
}

static void other_output(void **state)
{
	struct terminal terminal;

	(void)state;
	begin(&terminal);
	progress_show(&terminal.progress, "brctl", 0, 16);
	now += 2000;
	progress_show(&terminal.progress, "brctl", 9, 16);
	progress_interrupt(&terminal.progress);
	shows(&terminal, "brctl: 9 of 16\r              \r");
	now += 1000;
	progress_show(&terminal.progress, "brctl", 10, 16);
	now += 1999;
	progress_show(&terminal.progress, "brctl", 11, 16);
	shows(&terminal, "");
	now += 1;
	progress_show(&terminal.progress, "brctl", 12, 16);
	shows(&terminal, "brctl: 12 of 16");
	end(&terminal);
}

static void lines(void **state)
{
	struct terminal terminal;

	(void)state;
	begin(&terminal);
	terminal.progress.line = 7;
	progress_show(&terminal.progress, "brctl", 0, 0);
	now += 2000;
	progress_show(&terminal.progress, "brctl", 0, 0);
	shows(&terminal, "brctl: line 7");
	now += 250;
	progress_show(&terminal.progress, "vconfig", 64, 4000);
	shows(&terminal, "\r             \rvconfig: line 7: 64 of 4000");
	end(&terminal);
}

static void no_terminal(void **state)
{
	struct progress progress = { .now = fake_clock };
	FILE *file = tmpfile();

	(void)state;
	assert_non_null(file);
	progress.stream = file;
	now = 1;
	progress_show(&progress, "brctl", 0, 16);
	now += 60000;
	progress_show(&progress, "brctl", 8, 16);
	progress_interrupt(&progress);
	progress_show(&progress, "brctl", 9, 16);
	assert_int_equal(ftell(file), 0);
	fclose(file);
}

static void a_clock(void **state)
{
	uint64_t before = progress_clock();

	(void)state;
	assert_true(before > 0);
	assert_true(progress_clock() >= before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("nothing is shown for two seconds", silence),
		TEST("it changes four times a second at most", intervals),
		TEST("other output erases it, and delays it", other_output),
		TEST("a batch shows its line number", lines),
		TEST("a file or a pipe gets nothing", no_terminal),
		TEST("the clock counts milliseconds", a_clock),
	};

	return run_all(tests);
}
