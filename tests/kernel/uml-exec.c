/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Runs a User-Mode Linux kernel without the processor's extended floating point
 * state: PTRACE_GETREGSET with NT_X86_XSTATE fails with ENODEV, and the kernel
 * falls back to FXSAVE.
 *
 * Kernels up to at least 6.1 have a buffer of 2,696 bytes for this state.  On a
 * processor with AMX the state is larger, and the guest crashes when its first
 * process starts.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __x86_64__

/* The values are in elf.h and sys/ptrace.h, as enumerators in some versions. */
#define GETREGSET 0x4204
#define X86_XSTATE 0x202

#define LOAD(field) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
/* Continues if the loaded word is equal, else jumps to the last statement. */
#define MUST_BE(value, to_last) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, to_last)

static struct sock_filter filter[] = {
	LOAD(arch),
	MUST_BE(AUDIT_ARCH_X86_64, 7),
	LOAD(nr),
	MUST_BE(SYS_ptrace, 5),
	LOAD(args[0]),
	MUST_BE(GETREGSET, 3),
	LOAD(args[2]),
	MUST_BE(X86_XSTATE, 1),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENODEV),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static int install(void)
{
	struct sock_fprog program = {
		.len = sizeof(filter) / sizeof(filter[0]),
		.filter = filter,
	};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#else

static int install(void)
{
	return 0;
}

#endif

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: uml-exec KERNEL [ARGUMENT...]\n");
		return 125;
	}
	if (install()) {
		perror("uml-exec: seccomp");
		return 125;
	}
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 127;
}
