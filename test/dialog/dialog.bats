#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The pages as a person has them, in a terminal: the same page gives the same
# answers on a full screen and in lines.
load dialog

@test "the question on a full screen of 80x24, with frames of UTF-8, of ASCII and without colours" {
	local front
	for front in full utf8 mono; do
		show $front question
		see "Enter: choose"
		screen | golden question-$front.expected
	done
	# what a terminal without colours gets: no colour
	run tmux capture-pane -pe
	[[ $output != *$'\e[3'[0-7]* && $output == *$'\e[7m'* ]]
	show full question
	see "Enter: choose"
	run tmux capture-pane -pe
	[[ $output == *$'\e[3'[0-7]* || $output == *$'\e['*';3'[0-7]* ]]
}

@test "the question in lines" {
	show line question 40
	see "Number, or an option such as root=/dev/vda1:"
	screen | golden question-line.expected
}

# Each row: what is pressed on a full screen, what is typed in lines, the answer.
choices() {
	cat <<-'END'
	Enter|1|retry
	2 Enter|2 /dev/vda|typed
	Down Down Enter|3|roots
	o Enter|options|options
	End Enter|power off|poweroff
	End Up Enter|reboot|reboot
	Tab Tab Tab Tab Enter|5|modules
	BTab BTab Enter|reboot|reboot
	s Enter|shell|shell
	l Enter|load|modules
	n Enter|network|network
	l l Enter|7|log
	8 Enter|8|hardware
	PageDown Enter|power|poweroff
	PageDown Home Enter|1|retry
	END
}

@test "each entry is reached by arrows, letters and digits, and by number or name, with the same answer" {
	local full line answer
	while IFS='|' read -r full line answer; do
		[[ $answer != typed ]] || continue
		show full question
		see "Enter: choose"
		# shellcheck disable=SC2086 # several keys
		press $full
		answered "$answer "
		show line question 40
		see "Number, or"
		type "$line"
		answered "$answer "
	done < <(choices)
}

@test "another root= is typed, Esc or an empty line goes back, and a refusal is said above the question" {
	show full question
	see "Enter: choose"
	press 2 Enter
	see "Enter: take it"
	type ""
	see "Enter: choose"
	press Enter
	see "Enter: take it"
	press x Escape
	see "Enter: choose"
	press Enter
	see "Enter: take it"
	type "wrong"
	see "Not taken: wrong: there is no such thing"
	screen | golden refused.expected
	press 2 Enter
	see "Enter: take it"
	type "/dev/vda"
	answered "retry root=/dev/vda"

	show line question 60
	see "Number, or"
	type "2"
	see "vda1: 2"
	type ""
	see "vda1:"
	type "another root="
	type "wrong"
	see "Not taken: wrong: there is no such thing"
	type "root=/dev/vda"
	answered "retry root=/dev/vda"
}

@test "a screen that changes its size is drawn anew, and Ctrl-L mends one that was written over" {
	show full question
	see "Enter: choose"
	tmux resize-window -x 60 -y 30
	see "differs from that of vda"
	within wide 60
	screen | golden question-60x30.expected
	tmux resize-window -x 80 -y 24
	within wide 80
	press C-l
	screen | golden question-full.expected
}

@test "a long list scrolls, in both" {
	show full list
	see "1-17 of 60"
	press PageDown PageDown
	see "of 60"
	screen | golden list-full.expected
	press 5 9 Enter
	answered "chosen 59 "
	show full list
	see "of 60"
	press Escape
	answered "back 0 "
	show line list 60
	see "Number, Enter for more, 0 to go back:"
	screen | golden list-line.expected
	type ""
	see "40  "
	type "41"
	answered "chosen 41 "
	show line list 60
	see "Number, Enter for more"
	type "0"
	answered "back 0 "
}

@test "a long text is read page by page, in both" {
	show full view
	see "line number 1"
	press PageDown
	see "line number 20"
	press End
	see "line number 50"
	screen | golden view-full.expected
	press Home
	see "line number 1"
	press q
	answered "back 0 "
	show line view 60
	see "Enter for more, 0 to go back:"
	type ""
	see "line number 40"
	type ""
	see "Enter to go back:"
	type ""
	answered "back 0 "
}

@test "a line is edited, with the command line in its history" {
	show full input
	see "Enter: take it"
	press Up
	see "root=/dev/vdx ro"
	press Left Left Left BSpace a End Space r w Home Delete R
	see "Root=/dev/vda ro rw"
	screen | golden input-full.expected
	press Enter
	answered "chosen 1 Root=/dev/vda ro rw"
	show line input
	see "Options:"
	type "Root=/dev/vda ro rw"
	answered "chosen 1 Root=/dev/vda ro rw"
}

# Each row: what is pressed on a full screen, what is typed in lines, the answer.
network_choices() {
	cat <<-'END'
	Enter|1|retry ip=:::::eth0:dhcp
	2 Enter|eth1|retry ip=:::::eth1:dhcp
	l Enter|look|network 
	End Enter|6|modules 
	Escape||back 
	END
}

@test "the network: cards, what was asked for and what came of it, and what can be done, in both" {
	local full line answer front
	show full network
	see "Enter: choose"
	screen | golden network-full.expected
	show line network 40
	see "Number, or Enter to go back:"
	screen | golden network-line.expected
	while IFS='|' read -r full line answer; do
		show full network
		see "Enter: choose"
		# shellcheck disable=SC2086 # several keys
		press $full
		answered "$answer"
		show line network 40
		see "Number, or"
		type "$line"
		answered "$answer"
	done < <(network_choices)
	for front in full line; do
		show $front network
		see "type a line of ip="
		if [[ $front == full ]]; then press t Enter; else type type; fi
		see "CLIENT:SERVER:GATEWAY"
		[[ $front == line ]] || press C-u
		type "ip=10.0.0"
		see "Not taken: ip=: the address 10.0.0 is no address like 192.0.2.1"
		[[ $front == line ]] || press C-u
		type "192.0.2.9::192.0.2.1:255.255.255.0::eth0:off :::::eth1:dhcp"
		answered "retry ip=192.0.2.9::192.0.2.1:255.255.255.0::eth0:off ip=:::::eth1:dhcp"
		show $front network
		see "root on an NFS server"
		if [[ $front == full ]]; then press r Enter; else type root; fi
		see "SERVER:DIRECTORY"
		type "192.0.2.2:/srv/my root,v3"
		answered "retry root=/dev/nfs nfsroot=\"192.0.2.2:/srv/my root,v3\""
	done
}

@test "a passphrase is on no screen" {
	local front
	for front in full line; do
		show $front hidden
		see "Passphrase:"
		type "s3cret words"
		answered "chosen 1 s3cret words"
		run screen -S -100
		[[ $output != *s3cret* && $output != *words* ]]
		[[ $output == *"For the boot loader: root=/dev/vda ro"* ]]
	done
}

@test "the countdown is seen to run, ends by itself, and any key stops it" {
	local front
	for front in full line; do
		show $front countdown
		see "Without an answer in 4 s: reboot."
		answered "timeout "
		show $front countdown
		see "Without an answer in 4 s: reboot."
		press x
		sleep 5
		[[ ! -s $ANSWER ]]
	done
	show full countdown
	see "Without an answer in 2 s: reboot. Any key stops that."
	press Down
	within without "Without"
}

@test "a terminal that goes away ends it at once" {
	local front
	for front in full line; do
		show $front question
		see "try again"
		tmux kill-server
		answered "nobody "
	done
}
