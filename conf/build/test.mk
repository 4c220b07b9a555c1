# SPDX-License-Identifier: MIT
# The tests and the bench: test/README tells how they are written. test/check
# runs the parts and counts; the boots need the kernels of conf/build/kernels
# and the bench's own small programs, static like the program itself.

# Kernels that the boots run on; make check KERNELS=... takes others.
KERNELS = classic bare builtin modern stock newest i386
BENCH_PROGRAMS = boot/testinit boot/badinit boot/holder fault/stepkiller bench/floor bench/clock \
	guest/race
BENCH_ARCHES = x86_64 i386
bench_programs = $(foreach a,$(BENCH_ARCHES), \
	$(patsubst %,build/test/$(a)/%,$(notdir $(BENCH_PROGRAMS))))
# T=TEXT: only the tests whose names hold it. J=N: that many at a time; a boot is
# often waiting, so two cores take three.
T =
J = 3
export T J

check: | deps ## everything: check-quick, and boots and faults on every kernel
	@$(MAKE) --no-print-directory bootable
	@test/check all

check-quick: | deps ## units with sanitizers, lint, fuzz corpus, applets
	@test/check quick

boots: | deps ## the boots alone; T='words of a name' for one of them
	@$(MAKE) --no-print-directory bootable
	@test/check boots

# What a boot takes, made J at a time as the tests are run.
bootable: kernels
	@$(MAKE) --no-print-directory -j$(J) test-programs program
	@$(MAKE) --no-print-directory -j$(J) ARCH=i386 program

kernels: | deps ## the kernels of the boots, fetched or built, once
	@conf/build/kernels $(KERNELS)

run: | deps ## boot it: a shell in a real root; CONTRACT=linuxrc, ram0 or initramfs
	@$(MAKE) --no-print-directory program
	@test/run $(or $(CONTRACT),initramfs) '$(CMDLINE)'

bench: | deps ## instructions from /init to the real init, beside the floor
	@conf/build/kernels stock
	@$(MAKE) --no-print-directory test-programs program
	@test/bench/boot test/bench/boot.baseline
	@test/bench/coldplug test/bench/coldplug.baseline
	@test/bench/unpack test/bench/unpack.baseline

update-expected: | deps ## rewrite the golden texts; look at the diff
	@$(MAKE) --no-print-directory kernels test-programs program
	@UPDATE_EXPECTED=1 test/check golden

test-programs: $(bench_programs)

define test_arch
build/test/$(1)/toolchain: FORCE | packages
	@mkdir -p $$(@D)
	@conf/build/toolchain $(1) $$@
endef
define test_cc
build/test/$(1)/%: test/$(2)/%.c $(wildcard test/boot/*.h) build/test/$(1)/toolchain
	$$(call say,test cc $$<)
	$$(Q)$$(file <build/test/$(1)/toolchain)/cc -std=c11 -Os -s $$(WARNINGS) \
		-static -no-pie -o $$@ $$<
endef
$(foreach a,$(BENCH_ARCHES),$(eval $(call test_arch,$(a))) \
	$(foreach d,boot fault bench guest,$(eval $(call test_cc,$(a),$(d)))))

.PHONY: check check-quick boots bootable kernels run bench update-expected test-programs
