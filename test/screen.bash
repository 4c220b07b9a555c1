# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# screen.bash: a PC's keyboard and screen, for sheets with device VGA: what the
# words are given, and what vm_direct does with them.

# press WAIT_FOR KEYS: at the keyboard, in QEMU's words: "down ret slash d e v".
press() {
	given "press \"$1\" \"$2\""
	SCRIPT+="press"$'\t'"$1"$'\t'"$2"$'\n'
}

# screen WAIT_FOR: a second later, what a VGA card shows.
screen() {
	given "screen \"$1\""
	SCRIPT+="screen"$'\t'"$1"$'\t'"screen"$'\n'
}

# One key after the other: QEMU holds each for a tenth of a second.
vm_press() { # DIR KEYS
	local key
	for key in $2; do
		vm_tell "$1" "sendkey $key"
		sleep 0.15
	done
}

# The memory of a VGA card in text mode: rows of 80 pairs, character and colour.
# All of it, since the kernel scrolls by moving the beginning: what has left the
# screen is there, too. Frames of code page 437 become + - |.
vm_screen() { # DIR FILE
	sleep 1
	rm -f "$1/vga"
	vm_tell "$1" "pmemsave 0xb8000 32768 vga"
	until [[ $(stat -c %s "$1/vga" 2>/dev/null) == 32768 ]]; do
		sleep 0.1
	done
	od -An -v -tu1 -w2 "$1/vga" | awk '{
		c = $1 < 32 ? " " : $1 > 126 ? "+" : sprintf("%c", $1)
		if ($1 == 196) c = "-"
		if ($1 == 179) c = "|"
		line = line c
		if (NR % 80 == 0) { sub(/ *$/, "", line); if (line != "") print line; line = "" }
	}' >"$1/$2"
}

# hvc0: a console that can be taken away, console=hvc0; what it shows comes among
# what the serial one does.
hvc0() {
	given hvc0
	VM_STDIO=",mux=on"
	DEVICES+=(-device virtio-serial-pci
		-device "virtconsole,chardev=console,id=hvc0")
}

# hang_up WAIT_FOR: once the console shows it, hvc0 is gone.
hang_up() {
	given "hang_up \"$1\""
	SCRIPT+="tell"$'\t'"$1"$'\t'"device_del hvc0"$'\n'
}
