#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# timeline: the bars of a file, and what it says of a file that is none.

load applet

setup_file() {
	applet timeline
}

@test "timeline shows the kernel, the steps and their parts as bars on one scale" {
	cd "$BATS_TEST_TMPDIR"
	cat >t.json <<-'END'
	{"timeline":1,"unit":"us","spans":[
	{"kind":"kernel","name":"Linux 6.1.0","start":0,"length":600000},
	{"kind":"module","name":"virtio_blk","start":800000,"length":50000},
	{"kind":"step","name":"load drivers","start":700000,"length":200000},
	{"kind":"wait","name":"LABEL=a","start":900000,"length":300000},
	{"kind":"step","name":"find the root device","start":900000,"length":300040},
	{"kind":"step","name":"check init","start":1200000,"length":0}]}
	END
	run "$APPLET" t.json
	is 0
	diff - <(printf '%s\n' "$output") <<-'END'
	Linux 6.1.0                  |#################                   |    600.0 ms
	load drivers                 |                    ######          |    200.0 ms
	  virtio_blk                 |                       ##           |     50.0 ms
	find the root device         |                          ##########|    300.0 ms
	  LABEL=a                    |                          ......... |    300.0 ms
	check init                   |                                   #|      0.0 ms
	END
}

@test "timeline says where a file is none, and which one is missing" {
	cd "$BATS_TEST_TMPDIR"
	echo '{"spans":[{"kind":"x"}]}' >bad.json
	run "$APPLET" bad.json
	is 1 "timeline: no timeline: kernel, step, module or wait expected at byte 21"
	run "$APPLET" nowhere.json
	is 1 "timeline: nowhere.json: No such file"
	run "$APPLET" a b
	is 2
}
