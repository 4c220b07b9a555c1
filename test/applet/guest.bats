#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# compat/guest: an old image's /linuxrc in namespaces of this machine, without a
# real-root-dev in its kernel. test/boot has the same on kernels.

load applet

setup_file() {
	export TOP=${BATS_TEST_DIRNAME%/test/applet}
	export BOX=$TOP/build/host/guestbox
	flock "$TOP/test" make -s -C "$TOP" build/host/guestbox \
		build/test/x86_64/race build/test/i386/race >&2
	if [[ $(id -u) == 0 ]]; then
		export BY=""
	elif unshare -Urmpf true 2>/dev/null; then
		export BY=-Ur
	else
		skip "neither root nor user namespaces"
	fi
}

setup() {
	TREE=$BATS_TEST_TMPDIR/tree
	GUEST=$TREE/initrd-guest
	mkdir -p "$TREE"/{proc,dev} "$GUEST"/{bin,dev,mnt,other,proc,sys}
	touch "$TREE/dev/console" "$GUEST/dev/null"
	cp "$(command -v busybox)" "$GUEST/bin/busybox"
}

# /linuxrc, from standard input: BusyBox's commands, what they say on the
# console.
linuxrc() {
	{
		printf '#!/bin/busybox sh\nPATH=/bin\nexec 2>&1\nbb=/bin/busybox\n'
		printf 'number=/proc/sys/kernel/real-root-dev\n'
		printf 'proc() { $bb mount -t proc proc ${1-/proc}; }\n'
		cat
	} >"$GUEST/linuxrc"
	chmod 755 "$GUEST/linuxrc"
}

# Runs it; what it left is $output, what it said is the file $SAID.
guest() { # PRESET [CONSOLE]
	SAID=${2-$TREE/dev/console}
	run timeout 60 unshare -mpf --propagation private $BY "$BOX" "$TREE" "$1"
	echo "$output"
	sed 's/^/console: /' "$SAID"
	[[ $status == 0 ]]
}

says() { # TEXT
	[[ $(<"$SAID") == "$1" ]]
}

left() { # TEXT
	[[ $output == *"$1"* ]] || return 1
	# nothing of ours stays in its mounts, or beside it
	[[ $output != *tmpfs* && $output != *initrd-sysctl* ]]
}

@test "500 procfs, each mounted, written to at once and unmounted: none is too fast" {
	cp "$TOP/build/test/x86_64/race" "$GUEST/linuxrc"
	mkdir -p "$GUEST/mnt"
	guest 0
	left "code=0 status=0 number=500"
	says "written=500 read=500 unmounted=500"
}

# Not every kernel that can does: some virtual machines have it switched off.
runs_32_bit() {
	echo "int main(void) { return 0; }" |
		"$(<"$TOP/build/test/i386/toolchain")/cc" -static -no-pie -x c \
			-o "$BATS_TEST_TMPDIR/nothing" - &&
		"$BATS_TEST_TMPDIR/nothing" 2>/dev/null
}

# 76-compat-guest has it on kernels that do.
@test "the same of a 32-bit program on a 64-bit machine" {
	runs_32_bit || skip "this machine's kernel runs no 32-bit programs"
	cp "$TOP/build/test/i386/race" "$GUEST/linuxrc"
	guest 0
	left "code=0 status=0 number=500"
	says "written=500 read=500 unmounted=500"
}

@test "the number of root= is there first; what was written last is what counts" {
	linuxrc <<-'END'
		proc
		$bb cat $number
		echo 0x100 >$number
		echo 2049 5 >$number
	END
	guest 65024
	left "number=2049 pivoted=0"
	says 65024
}

# Each line is what Linux 6.18 answers.
@test "real-root-dev takes, refuses and reads back as the kernel's own file" {
	linuxrc <<-'END'
		proc
		try() { echo "$1" >$number 2>/dev/null; echo "$1: $? $($bb cat $number)"; } 2>/dev/null
		try 0x100; try garbage; try '8 9'; try 8:1; try -1; try 0377; try 4294967296
		echo 7 >>$number; echo appended $($bb cat $number)
		for text in 12 65024 3; do
			printf $text | $bb dd of=$number conv=notrunc 2>/dev/null
			echo over $($bb cat $number)
		done
		(echo 4000; echo 5) >$number; echo twice $($bb cat $number)
		(echo 0x11; echo 5) >$number; echo twice $($bb cat $number)
		: >$number; echo truncated $($bb cat $number)
		echo 6 1<>$number; echo both $($bb cat $number)
		exec 3<>$number; read old <&3; exec 3>&-; echo read $old $($bb cat $number)
	END
	guest 0
	left number=6
	grep -v Invalid "$SAID" >"$TREE/said"
	# a call's result cannot be changed before 6.16, nor has it to be there
	[[ $(printf '6.16\n%s\n' "$(uname -r)" | sort -V | head -n 1) == 6.16 ]] ||
		sed -i 's/: 0 /: 1 /' "$TREE/said"
	sed -i 's/^\(0x100\|8 9\|-1\|0377\): 1/\1: 0/' "$TREE/said"
	diff - "$TREE/said" <<-'END'
		0x100: 0 256
		garbage: 1 256
		8 9: 0 8
		8:1: 1 8
		-1: 0 -1
		0377: 0 255
		4294967296: 1 255
		appended 7
		over 12
		over 65024
		over 3
		twice 4000
		twice 17
		truncated 17
		both 6
		read 6 6
	END
}

@test "garbage leaves the number that was there" {
	linuxrc <<-'END'
		proc
		echo /dev/sda1 >$number
	END
	guest 65024
	left "number=65024"
}

@test "every procfs has the file: two on one place, another place, one that is bound" {
	linuxrc <<-'END'
		proc; proc
		proc /mnt
		$bb mount --bind /mnt /other
		for dir in /proc /mnt /other; do
			echo $dir $($bb cat $dir/sys/kernel/real-root-dev)
		done
		$bb umount /proc
		echo below $($bb cat $number)
	END
	guest 7
	says $'/proc 7\n/mnt 7\n/other 7\nbelow 7'
	left "mount=/initrd-guest/proc proc"
}

@test "whatever else is in /proc/sys/kernel stays in it" {
	linuxrc <<-'END'
		proc
		$bb ls /proc/sys/kernel
		[ -f /proc/sys/kernel/ostype ] && echo ostype
	END
	guest 0
	says $'nfs-root-addrs\nnfs-root-name\nostype\nreal-root-dev\nostype'
}

@test "nfs-root-name and nfs-root-addrs are told" {
	linuxrc <<-'END'
		proc
		echo 255 >$number
		echo server:/export >/proc/sys/kernel/nfs-root-name
		echo 10.0.0.2:10.0.0.1 >/proc/sys/kernel/nfs-root-addrs
	END
	guest 0
	left "number=255 pivoted=0 name=server:/export addrs=10.0.0.2:10.0.0.1"
}

@test "umount takes it by a link, from another directory, in a chroot, and all at once" {
	linuxrc <<-'END'
		proc; cd /; $bb umount proc && echo plain
		$bb ln -s /mnt/../proc link
		proc; $bb umount /link && echo link
		proc /mnt; cd /dev; $bb umount ../mnt/. && echo relative
		$bb mkdir -p /mnt/proc /mnt/bin; $bb cp $bb /mnt/bin
		proc /mnt/proc; $bb chroot /mnt /bin/busybox umount /proc && echo chroot
		proc; proc /other; $bb umount -a 2>/dev/null
		proc; $bb cat /proc/mounts | $bb grep -c ' proc '
	END
	guest 0
	says $'plain\nlink\nrelative\nchroot\n1'
}

@test "a umount that fails takes nothing away" {
	linuxrc <<-'END'
		proc
		cd /proc; $bb umount /proc 2>/dev/null || echo busy
		echo 256 >$number && $bb cat $number
	END
	guest 0
	says $'busy\n256'
	left number=256
}

@test "its argument, session, directory, umask and signals are those that the kernel gave" {
	linuxrc <<-'END'
		proc
		echo "$# $($bb cat /proc/$$/cmdline | $bb tr '\0' ' ')"
		echo "$($bb cut -d' ' -f5-8 /proc/$$/stat | $bb sed "s/$$/self/g")"
		pwd; umask; $bb env | $bb grep -v -e PWD -e SHLVL -e PATH -e OLDPWD
	END
	# a script's own name is what the interpreter makes of it
	guest 0
	says $'0 /bin/busybox sh /linuxrc \nself self 0 -1\n/\n0022\nHOME=/\nTERM=linux'
}

@test "what it leaves running can mount when everything of ours is gone" {
	touch "$GUEST/wait"
	linuxrc <<-'END'
		(
			trap '' HUP
			while [ ! -e /left ]; do $bb sleep 0.1; done
			proc && [ -d /proc/self ] && echo mounted
			$bb umount /proc && echo unmounted
			: >/over
		) &
		proc
		exit 3
	END
	guest 5
	left "code=0 status=768 number=5"
	says $'mounted\nunmounted'
}

@test "it outlives whoever watches it, and that is said" {
	linuxrc <<-'END'
		proc
		echo 256 >$number
		while read name value; do
			[ $name != TracerPid: ] || kill -9 $value
		done </proc/self/status
		$bb umount /proc 2>/dev/null || echo busy
		exit 3
	END
	guest 5
	left "code=0 status=768 number=256"
	[[ $output == *"/linuxrc was not watched to its end"* ]]
	says busy
}

@test "no /linuxrc, and one that is no program, is as if it had ended" {
	guest 5
	left "code=2 status=32512 number=5 pivoted=0"
	printf 'no program\n' >"$GUEST/linuxrc"
	chmod 755 "$GUEST/linuxrc"
	guest 5
	left "code=8 status=32512 number=5"
	chmod 644 "$GUEST/linuxrc"
	guest 5
	left "code=13 status=32512 number=5"
}

@test "a crash leaves the number that was written before" {
	linuxrc <<-'END'
		proc
		echo 256 >$number
		kill -SEGV $$
	END
	guest 5
	left "code=0 status=11 number=256"
}

@test "without a console its three descriptors are closed" {
	rm "$TREE/dev/console"
	touch "$TREE/said"
	linuxrc <<-'END'
		proc
		for fd in 0 1 2; do [ ! -e /proc/$$/fd/$fd ] || : >/open$fd; done
		: >/done
	END
	sed -i /^exec/d "$GUEST/linuxrc"
	guest 0 "$TREE/said"
	left "code=0 status=0"
	[[ $(echo "$GUEST"/{done,open*}) == "$GUEST/done $GUEST/open*" ]]
}

@test "a root that it pivots to is seen" {
	linuxrc <<-'END'
		$bb mount -t tmpfs root /mnt && cd /mnt && $bb mkdir initrd proc bin
		proc /mnt/proc && echo 0x100 >/mnt/proc/sys/kernel/real-root-dev
		$bb umount /mnt/proc
		$bb pivot_root . initrd
	END
	run timeout 60 unshare -mpf --propagation private $BY "$BOX" "$TREE" 0
	echo "$output"
	[[ $output == *"number=256 pivoted=1"* ]]
	[[ $output == *"mount=/initrd-guest tmpfs"* ]]
	[[ $output == *"mount=/initrd-guest/initrd "* ]]
}
