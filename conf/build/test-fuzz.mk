# SPDX-License-Identifier: MIT
# The fuzz targets test/fuzz/NAME.c: replayed over test/fuzz/corpus/NAME with
# the host build, or run by libFuzzer, which only clang has.

FUZZ_SECONDS = 60
FUZZ_CC = clang
fuzzers = $(filter-out replay,$(basename $(notdir $(wildcard test/fuzz/*.c))))
fuzz_objects = $(patsubst test/fuzz/%.c,$(HOST)/fuzz/%.o, \
	$(wildcard test/fuzz/*.c))
# A parser calls nothing but parsers, so it needs no more than these.
fuzz_sources = $(patsubst %,linuxrc/lib/%.c, \
	err text cmdline options optword opttake rootspec mountopt modindex \
	modbin modconf modfile uevent parttag osrelease fstab imagespec cpio \
	ramdisk fstypes file ipaddr ipspec optnet hostname dhcp \
	dhcpoption \
	timeline timeread) \
	$(patsubst %,applets/mkinitrd/%.c,fsread fsbytes readext2 readminix \
	readromfs readcramfs readsquashfs squashmeta gzstream memory)

$(HOST)/fuzz/%.o: test/fuzz/%.c $(HOST)/flags
	$(host_cc)

$(HOST)/fuzz/%: $(HOST)/fuzz/%.o $(HOST)/fuzz/replay.o $(HOST)/rooms.a
	$(call say,host link $@)
	$(Q)$(HOST_LINK) -o $@ $^ -lz

build/fuzz/%: test/fuzz/%.c $(fuzz_sources) FORCE
	$(call say,fuzz cc $@)
	@mkdir -p $(@D)
	$(Q)$(FUZZ_CC) -std=c11 -O1 -g -fsanitize=address,undefined,fuzzer \
		-fno-sanitize-recover=undefined $(CPPFLAGS) -o $@ \
		$< $(fuzz_sources) -lz

replay: $(fuzzers:%=$(HOST)/fuzz/%) ## the fuzz targets, over the corpus
	$(Q)for name in $(fuzzers); do \
		timeout $(UNIT_SECONDS) $(HOST)/fuzz/$$name \
			test/fuzz/corpus/$$name/* || exit; \
	done

fuzz: ## look for new inputs with clang's libFuzzer, FUZZ_SECONDS a target
	@command -v $(FUZZ_CC) >/dev/null || \
		{ echo 'fuzz: there is no $(FUZZ_CC)' >&2; exit 1; }
	@$(MAKE) --no-print-directory $(fuzzers:%=build/fuzz/%)
	$(Q)for name in $(fuzzers); do \
		mkdir -p build/fuzz/corpus/$$name || exit; \
		case $$name in fsread) length=20000 ;; *) length=1000 ;; esac; \
		build/fuzz/$$name -max_total_time=$(FUZZ_SECONDS) \
			-max_len=$$length -artifact_prefix=build/fuzz/$$name- \
			build/fuzz/corpus/$$name test/fuzz/corpus/$$name || \
			exit; \
	done

lint-objects: $(fuzz_objects)
.SECONDARY: $(fuzz_objects)
.PHONY: replay fuzz
