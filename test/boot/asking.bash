# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# asking.bash: what the questions of the boots have in common, for 60-init,
# 60-question, 60-unattended, 61-policy and 63-rescue.

# The line of the question, and how often it was put.
asked() { console | grep -c "^linuxrc: $1" || :; }

# When the kernel's clock, in ms, saw the first line with this TEXT.
at_ms() {
	console | grep -F -- "$1" | sed -n 's/^\[ *\([0-9]*\)\.\([0-9]\{3\}\).*/\1\2/p' |
		sed 's/^0*//' | head -n 1
}

# The words with which a contract begins.
start_of() { # CONTRACT
	[[ $1 != ram0 ]] || echo "root=/dev/ram0 init=/linuxrc rw"
}

# init as the kernel would have started it, and nothing of ours beside it.
expect_clean_init() { # WORDS
	expect   init "/sbin/init pid=1 ppid=0 sid=0 pgid=0 cwd=/ fds=0,1,2 $1" &&
		expect signals "blocked:0000000000000000 ignored:0000000000000000" &&
		exactly processes 0 &&
		refute console "Kernel panic"
}

# A shell for a tree.
busybox_shell() { # TREE
	mkdir -p "$1/bin"
	cp "$(command -v busybox)" "$1/bin/busybox"
	ln -s busybox "$1/bin/sh"
}
