# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A machine with one network card, and somebody who is logged in over it.  The
# test and the demo use it.
#
#       outside             the machine
#     eth0 .1 ----------- eth0 .5: a shell on TCP port 2222

MACHINE=192.168.213.5
OUTSIDE=192.168.213.1

# remote_login FOLDER: the session's input is descriptor 7, its output a file.
remote_login()
{
	SESSION=$1/session
	nic eth0 00:0c:29:9e:44:1b outside || return 1
	ip address add $MACHINE/24 dev eth0
	ip -n outside address add $OUTSIDE/24 dev eth0
	"${PYTHON:-python3}" -I -c '
import os, socket
door = socket.create_server(("", 2222))
print("ready", flush=True)
session, _ = door.accept()
for fd in range(3):
    os.dup2(session.fileno(), fd)
os.execlp("sh", "sh")' > "$SESSION.door" 3>&- &
	child_pids+=($!)
	poll 10 grep -q ready "$SESSION.door" || return 1
	mkfifo "$SESSION.in"
	# shellcheck disable=SC2016 # the inner shell expands it
	ip netns exec outside bash -c 'exec 5<> "/dev/tcp/$0/2222"
		cat <&5 & exec cat >&5' $MACHINE \
		< "$SESSION.in" > "$SESSION" 2> "$SESSION.err" 3>&- &
	child_pids+=($!)
	exec 7> "$SESSION.in"
	# shellcheck disable=SC2016 # the shell of the session expands it
	printf 'brctl() { %s "$@"; }\n' "$BRCTL" >&7
	remote_lives 60
}

# remote_type WORD...: a line for the shell.
remote_type()
{
	echo "$* 2>&1" >&7
}

# remote_lives SECONDS: whether the session answers within this time.
remote_lives()
{
	remote_count=$((${remote_count:-0} + 1))
	echo "echo alive $remote_count" >&7
	poll "$1" grep -qx "alive $remote_count" "$SESSION"
}

remote_logout()
{
	exec 7>&-
}
