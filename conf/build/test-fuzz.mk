# SPDX-License-Identifier: MIT
# The fuzz targets test/fuzz/NAME.c: replayed over test/fuzz/corpus/NAME with
# the host build, or run by libFuzzer, which only clang has.

FUZZ_SECONDS = 60
FUZZ_CC = clang
fuzzers = $(filter-out replay,$(basename $(notdir $(wildcard test/fuzz/*.c))))
fuzz_objects = $(patsubst test/fuzz/%.c,$(HOST)/fuzz/%.o, \
	$(wildcard test/fuzz/*.c))
# What calls a target: replay.c or, in the build for "make fuzz", libFuzzer.
FUZZ_MAIN = $(HOST)/fuzz/replay.o

$(HOST)/fuzz/%.o: test/fuzz/%.c $(HOST)/flags
	$(host_cc)

$(HOST)/fuzz/%: $(HOST)/fuzz/%.o $(HOST)/fuzz/replay.o $(HOST)/rooms.a
	$(call say,host link $@)
	$(Q)$(HOST_LINK) -o $@ $< $(FUZZ_MAIN) $(HOST)/rooms.a -lz

replay: $(fuzzers:%=$(HOST)/fuzz/%) ## the fuzz targets, over the corpus
	$(Q)for name in $(fuzzers); do \
		timeout $(UNIT_SECONDS) $(HOST)/fuzz/$$name \
			test/fuzz/corpus/$$name/* || exit; \
	done

fuzz: ## look for new inputs with clang's libFuzzer, FUZZ_SECONDS a target
	@command -v $(FUZZ_CC) >/dev/null || \
		{ echo 'fuzz: there is no $(FUZZ_CC)' >&2; exit 1; }
	@$(MAKE) --no-print-directory HOST=build/fuzz/host HOST_CC=$(FUZZ_CC) \
		WARNINGS= FUZZ_MAIN=-fsanitize=fuzzer SANITIZE='$(subst \
		address,address$(comma)fuzzer-no-link,$(SANITIZE))' \
		$(fuzzers:%=build/fuzz/host/fuzz/%)
	$(Q)for name in $(fuzzers); do \
		mkdir -p build/fuzz/corpus/$$name || exit; \
		case $$name in fsread) length=20000 ;; *) length=1000 ;; esac; \
		build/fuzz/host/fuzz/$$name -max_total_time=$(FUZZ_SECONDS) \
			-max_len=$$length -artifact_prefix=build/fuzz/$$name- \
			build/fuzz/corpus/$$name test/fuzz/corpus/$$name || \
			exit; \
	done

lint-objects: $(fuzz_objects)
.SECONDARY: $(fuzz_objects)
.PHONY: replay fuzz
