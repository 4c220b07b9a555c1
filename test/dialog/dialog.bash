# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# dialog.bash: a page before a person, in a terminal of tmux. Nothing waits for
# a time: each word waits for what the screen shows.
#
#	show FRONT PAGE [ROWS]	begins
#	press KEY...		keys as tmux calls them: Down, Enter, x
#	see TEXT		waits until the screen shows it
#	screen			prints what it shows
#	answered TEXT		waits for the end: the last answer is TEXT

# shellcheck source=SCRIPTDIR/../house.bash
load ../house

setup_file() {
	command -v tmux >/dev/null || skip "no tmux"
	make -s -C "$TOP" build/host/dialog/play >&2
}

setup() {
	# tmux wants a short path for its socket
	TMUX_TMPDIR=$(mktemp -d)
	ANSWER=$TMUX_TMPDIR/answer
	export TMUX_TMPDIR
	unset TMUX
	SERVER=0
}

teardown() {
	tmux kill-server 2>/dev/null || :
	rm -rf "$TMUX_TMPDIR"
}

# A server for each show: one that ends may still have the socket.
tmux() { command tmux -L "s$SERVER" "$@"; }

show() { # FRONT PAGE [ROWS]
	: >"$ANSWER"
	tmux kill-server 2>/dev/null || :
	SERVER=$((SERVER + 1))
	LC_ALL=C.UTF-8 tmux -f /dev/null -u new-session -d -x 80 -y "${3:-24}" \
		"exec '$BUILD/host/dialog/play' $1 $2 '$ANSWER'; sleep 9" \; \
		set -g status off \; set -g escape-time 0 \; \
		set -g remain-on-exit on
}

press() { tmux send-keys -- "$@"; }

# A line and Enter, for both front ends.
type() { tmux send-keys -l -- "$1"; tmux send-keys Enter; }

# shellcheck disable=SC2120 # a test gives it arguments
screen() { tmux capture-pane -p "$@" | sed 's/ *$//'; }

within() { # COMMAND...
	local i
	for ((i = 0; i < 100; i++)); do
		! "$@" || return 0
		sleep 0.1
	done
	echo "not within 10 s: $*" >&2
	screen >&2
	return 1
}

# The width of the frame that is shown.
wide() { (($(screen | sed -n 2p | tr -d ' \n' | wc -m) == $1)); }
without() { ! shows "$1"; }

shows() { screen | grep -qF -- "$1"; }
see() { within shows "$1"; }

last_is() { [[ $(tail -n 1 "$ANSWER") == "$1" ]]; }
answered() { within last_is "$1"; }
