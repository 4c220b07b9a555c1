# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# expect.bash: the words of a fact sheet that stand after `boot`: what the machine
# told, what its console showed and how it ended, against what is expected.
# Nothing here starts a process that it can do without: some sheets expect thirty
# things, and beside virtual machines processes are dear.

# What the machine told, in FACTS and, a line each, in VM/facts.
read_facts() {
	local line
	FACTS=() CONSOLE=''
	while IFS= read -r line; do
		line=${line//$'\r'}
		[[ $line != "FACT "* ]] || FACTS+=("${line#FACT }")
	done <"$VM/facts.log"
	printf '%s\n' "${FACTS[@]}" >"$VM/facts"
}

# expect KEY TEXT: some fact KEY has every word of TEXT. A word may hold * or,
# as NAME<=N and NAME>=N, compare the number that the fact gives for NAME.
expect() {
	local -; set +T
	judge "$1" || return 1
	found "$1" "$2" || fail_sheet "expected $1" "$2" "$(found_text "$1")"
}

# refute KEY [TEXT]: no fact KEY has every word of TEXT (none at all without).
refute() {
	local -; set +T
	judge "$1" || return 1
	! found "$1" "${2-}" || fail_sheet "not expected $1" "${2-}" "$(found_text "$1")"
}

# exactly KEY TEXT: there is one fact KEY, and it is TEXT to the letter.
exactly() {
	local -; set +T
	judge "$1" || return 1
	[[ $(facts_of "$1") == "$2" ]] ||
		fail_sheet "expected exactly $1" "$2" "$(found_text "$1")"
}

# fact KEY [NAME]: the value, for arithmetic in a sheet.
fact() {
	judge "$1" || return 1
	local value part
	local -a parts
	value=$(facts_of "$1")
	value=${value%%$'\n'*}
	[[ -n ${2-} ]] || { echo "$value"; return; }
	read -ra parts <<<"$value"
	for part in "${parts[@]}"; do
		[[ $part != "$2="* ]] || echo "${part#"$2="}"
	done
}

# golden FILE: standard input is what FILE, beside the test, says.
golden() {
	local file=${BATS_TEST_FILENAME%/*}/$1 now
	now=$(cat)
	if [[ -n ${UPDATE_EXPECTED-} ]]; then
		printf '%s\n' "$now" >"$file"
	else
		diff -u "$file" - <<<"$now" >&2
	fi
}

# A sheet about facts of a machine that told none has failed before it began;
# the console and the ending can be looked at however it went.
judge() { # KEY
	[[ -n $VM ]] || { echo "house.bash: expect before boot" >&2; return 1; }
	case $1 in
	console | screen) return ;;
	end | cpu | bytes) JUDGED=yes; return ;;
	esac
	JUDGED=yes
	local ending
	read -r ending <"$VM/ending"
	[[ $ending == facts:* ]] || fail_sheet "expected a fact" "$1" "$ending"
}

facts_of() { # KEY
	case $1 in
	end) cat "$VM/ending" ;;
	cpu) cat "$VM/cpu" 2>/dev/null || : ;;
	bytes) compare_bytes ;;
	console) console ;;
	screen) cat "$VM/screen" 2>/dev/null || : ;;
	*)
		local line
		for line in "${FACTS[@]}"; do
			[[ $line != "$1="* ]] || printf '%s\n' "${line#"$1="}"
		done ;;
	esac
}

# One line, NAME=same or NAME=changed for every kept disk.
compare_bytes() {
	join <(sort "$VM/sums") <(kept_sums | sort) | awk '{
		printf "%s%s=%s", NR == 1 ? "" : " ", $1, $2 == $4 ? "same" : "changed"
	} END { print "" }'
}

found_text() { # KEY
	if [[ $1 == console ]]; then echo "(see below)"; else facts_of "$1"; fi
}

console() { sed 's/\r//g; s/\x1b\[[0-9;?]*[A-Za-z]//g' "$VM/console.log"; }

# The console has this text. It is read once for each boot, and by the shell if
# nobody has drawn on it.
console_shows() { # TEXT
	if [[ -z $CONSOLE ]]; then
		{ CONSOLE=$(<"$VM/console.log"); } 2>/dev/null
		CONSOLE=${CONSOLE//$'\r'}
		[[ $CONSOLE != *$'\e['* ]] || CONSOLE=$(console)
	fi
	[[ $CONSOLE == *"$1"* ]]
}

found() { # KEY TEXT
	local line
	case $1 in
	console) console_shows "$2" ;;
	screen) facts_of screen | grep -qF -- "$2" ;;
	end | cpu | bytes) has_words "$(facts_of "$1")" "$2" ;;
	*)
		for line in "${FACTS[@]}"; do
			[[ $line != "$1="* ]] || ! has_words "${line#"$1="}" "$2" || return 0
		done
		return 1 ;;
	esac
}

has_words() { # LINE TEXT
	local -a have want
	local w h
	read -ra have <<<"$1"
	read -ra want <<<"$2"
	for w in "${want[@]}"; do
		for h in "${have[@]}"; do
			# shellcheck disable=SC2053 # a pattern is meant
			[[ $h != $w ]] || continue 2
			! compares "$h" "$w" || continue 2
		done
		return 1
	done
}

compares() { # NAME=NUMBER NAME<=N
	local name=${1%%=*} number=${1#*=}
	[[ $number =~ ^[0-9]+$ ]] || return 1
	case $2 in
	"$name<="*) ((number <= ${2#*<=})) ;;
	"$name>="*) ((number >= ${2#*>=})) ;;
	*) return 1 ;;
	esac
}

# ---------------------------------------------------------------- report

fail_sheet() { # WHAT EXPECTED FOUND
	{
		echo "-- given"
		printf '   %s\n' "${GIVEN[@]}"
		echo "-- $1: $2"
		echo "   found: ${3:-nothing}"
		echo "   ended: $(<"$VM/ending")"
		echo "-- the last 40 lines of the console ($VM/console.log)"
		console | tail -n 40 | sed 's/^/   | /'
		echo "-- again: make boots T='${BATS_TEST_DESCRIPTION//\'/\'\\\'\'}'"
		echo "   the machine alone: sh $VM/run"
	} >&2
	return 1
}
