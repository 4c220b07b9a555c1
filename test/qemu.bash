# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# qemu.bash: runs one virtual machine and says how it ended. Software emulation
# is what counts (QEMU_ACCEL=kvm is for the impatient); the CPU has no cx16
# because QEMU 7.2 gets its flags wrong in the slab allocator of newer kernels.
# The first serial port is the console, the second takes the FACTs of the real
# root's init. The whole command stays beside the logs, to be run again.

# The machine's directory holds: run, console.log, facts.log, qemu.log, ending;
# and while it runs, and for the next one in it, these pipes.
VM_PIPES=(monitor.in monitor.out typed quiet)

# vm_command ARCH MEMORY_MIB KERNEL INITRD CMDLINE: the part that is always the
# same, one word a line (no word of it holds a newline). KERNEL may be empty:
# then the machine boots from what it has. Without no_timer_check
# a kernel panics when a busy host lets its timer stand still for 40 ms; to learn
# how fast the timer of the APIC runs takes it 100 ms of doing nothing. The HPET
# in its place complains of a busy host, too.
vm_command() {
	local program=qemu-system-x86_64 cpu=qemu64,-cx16
	[[ $1 != i386 ]] || { program="qemu-system-i386"; cpu=qemu32; }
	printf '%s\n' "$program" -accel "${QEMU_ACCEL:-tcg}" -cpu "$cpu" \
		-M "${VM_MACHINE:-pc,hpet=off}" -m "$2" -nodefaults -display none -no-reboot \
		-chardev "stdio,id=console,signal=off${VM_STDIO-}" -serial chardev:console \
		-chardev file,id=facts,path=facts.log -serial chardev:facts \
		-chardev pipe,id=monitor,path=monitor -mon chardev=monitor
	[[ -z $3 ]] || printf '%s\n' -kernel "$3" -append "no_timer_check nolapic_timer $5"
	[[ -z $4 ]] || printf '%s\n' -initrd "$4"
}

# vm_disk NAME FILE late|now|DEVICE: the device that the kernel calls NAME, as
# its name says or, if given, by that device of QEMU. Writes go to a temporary
# copy, so a cached image stays what it is; but into a FILE.kept.
vm_disk() {
	local snapshot=on
	[[ $2 != *.kept ]] || snapshot=off
	printf '%s\n' -drive "file=$2,if=none,id=$1,format=raw,snapshot=$snapshot"
	case $3 in
	late) ;;
	now) printf '%s\n' -device "$(vm_device "$1")" ;;
	*) printf '%s\n' -device "$3,drive=$1,serial=$1" ;;
	esac
}

vm_device() { # NAME
	case $1 in
	sd*) echo "ide-hd,drive=$1,serial=$1" ;;
	nvme*) echo "nvme,drive=$1,serial=$1" ;;
	*) echo "virtio-blk-pci,drive=$1,serial=$1" ;;
	esac
}

# vm_run DIR LIMIT_SECONDS: runs DIR/command; what DIR/script says is typed on
# the console or plugged in on the way. Sets nothing, writes DIR/ending.
vm_run() {
	local dir=$1 limit=$2 pid rc=0
	local -a command
	mapfile -t command <"$dir/command"
	[[ -p $dir/quiet ]] || mkfifo "${VM_PIPES[@]/#/$dir/}" || return 1
	{ echo "cd '$dir' || exit"
	  echo "# ${VM_PIPES[*]}: mkfifo if they are gone"
	  printf '%q ' "${command[@]}"; echo; } >"$dir/run"
	: >"$dir/console.log"; : >"$dir/facts.log"
	exec 7<>"$dir/typed"
	( cd "$dir" && exec timeout -k 5 "$limit" "${command[@]}" ) \
		<"$dir/typed" >"$dir/console.log" 2>"$dir/qemu.log" 3>&- 7>&- &
	pid=$!
	[[ ! -s $dir/script ]] || vm_direct "$dir" "$pid"
	vm_watch "$dir" "$pid" "${command[*]}"
	wait "$pid" || rc=$?
	exec 7>&-
	vm_ending "$dir" "$rc" "$limit" >"$dir/ending"
}

# vm_direct DIR PID: follows DIR/script while the machine runs. Its lines:
#	type<TAB>WAIT FOR<TAB>TEXT	when the console shows it, type TEXT, Enter
#	plug<TAB>WAIT FOR<TAB>NAME<TAB>SECONDS	that long after it, add the disk
#	tell<TAB>WAIT FOR|-<TAB>WORDS	say them to QEMU's monitor
#	press<TAB>WAIT FOR<TAB>KEYS	at the PC's keyboard, in QEMU's words
#	screen<TAB>WAIT FOR<TAB>FILE	what the PC's text screen shows
#	idle<TAB>WAIT FOR<TAB>SECONDS	see how busy it is, and switch it off
# Each line goes on where the text ended that the line before it waited for.
vm_direct() {
	local dir=$1 pid=$2 verb text what seconds
	vm_look "$dir"
	while IFS=$'\t' read -r verb text what seconds; do
		[[ $text == - ]] || vm_see "$pid" "$text" || break
		case $verb in
		type) printf '%b\r' "$what" >&7 ;;
		keys) printf '%b' "$what" >&7 ;;
		press) vm_press "$dir" "$what" ;;
		screen) vm_screen "$dir" "$what" ;;
		plug)
			sleep "$seconds"
			vm_tell "$dir" "device_add $(vm_device "$what")" ;;
		tell) vm_tell "$dir" "$what" ;;
		idle)
			vm_busy "$dir" "$pid" "$what"
			[[ ! -e /proc/$pid/exe ]] || vm_tell "$dir" quit ;;
		esac
	done <"$dir/script"
	vm_look_away
}

# vm_look DIR: from now on vm_see reads the console, from its beginning. SEEN is
# what it has read and nobody has waited for. Reading and pausing are the
# shell's own, for processes are dear beside a machine that takes all the time
# there is: the pause is a read of a pipe into which nobody writes.
vm_look() {
	SEEN=''
	exec 8<"$1/console.log" 9<>"$1/quiet"
}

vm_look_away() { exec 8<&- 9>&-; }

# vm_see PID TEXT: until the console shows it; SEEN is then what comes after the
# first one. Fails when the machine has gone off without it.
vm_see() {
	local -x LC_ALL=C
	local more before there
	until [[ $SEEN == *"$2"* ]]; do
		there=''
		[[ ! -e /proc/$1/exe ]] || there=yes
		IFS= read -r -N 65536 -u 8 more || :
		SEEN+=$more
		[[ -z $more ]] || continue
		[[ -n $there ]] || return 1
		read -r -t 0.1 -u 9 || :
	done
	before=${SEEN%%"$2"*}
	SEEN=${SEEN:${#before} + ${#2}}
}

# A word to QEMU's monitor. Opened for both ways: a machine that has gone off
# meanwhile would keep us waiting for a reader.
vm_tell() { # DIR WORDS
	echo "$2" 1<>"$1/monitor.in"
}

# vm_busy DIR PID SECONDS: how much of a processor the machine takes, after a
# second in which it may come to rest. DIR/cpu is there if it lived that long.
vm_busy() {
	local qemu before after
	sleep 1
	qemu=$(<"/proc/$2/task/$2/children") 2>/dev/null || return 0
	before=$(vm_ticks "${qemu%% *}")
	sleep "$3"
	after=$(vm_ticks "${qemu%% *}") || return 0
	echo "busy=$(((after - before) * 100 / ($3 * $(getconf CLK_TCK))))" >"$1/cpu"
}

vm_ticks() { # PID
	awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat" 2>/dev/null
}

# Without panic=-1 a kernel that has panicked stays where it is: end it.
vm_watch() { # DIR PID COMMAND
	[[ $3 != *" no_timer_check "*panic=-1* ]] || return 0
	vm_look "$1"
	if vm_see "$2" 'Kernel panic - not syncing'; then
		sleep 1
		kill "$2" 2>/dev/null
	fi
	vm_look_away
}

# vm_ending DIR RC LIMIT: one line, a word and what it means. A machine that
# told all its facts has ended well, whatever it printed before.
vm_ending() {
	local panic
	if [[ $(<"$1/facts.log") == *"FACT end=1"* ]]; then
		echo "facts: the real root's init told them all"
		return
	fi
	panic=$(grep -aom1 'Kernel panic - not syncing.*' "$1/console.log" | tr -d '\r')
	if [[ -n $panic ]]; then
		echo "panic: $panic"
	elif [[ $2 == 124 || $2 == 137 ]]; then
		echo "hang: still running after $3 s"
	elif [[ $2 != 0 ]]; then
		echo "qemu: exit status $2: $(tail -n 1 "$1/qemu.log")"
	elif [[ -s $1/facts.log ]]; then
		echo "broken: the facts stop before end=1"
	else
		echo "silent: the machine went off without a fact"
	fi
}
