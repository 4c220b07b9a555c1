/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/options: the first byte of the input chooses the
 * contract, the second one the origin. Texts keep their end, choices their
 * range, a failure has a sentence, and the same text again changes nothing.
 */
#include "lib/options.h"

#include "fuzz.h"

static struct boot_options once, twice;

static int
take(struct boot_options *o, const char *text, enum origin origin,
	enum contract contract)
{
	struct err e = { 0, "" };
	int result = origin == ORIGIN_FILE ?
		options_take_conf(o, text, strlen(text), contract, &e) :
		options_take(o, text, origin, contract, &e);

	must(result == 0 || result == -1, "the result is 0 or -1");
	must((result == 0) == (e.text[0] == '\0'),
		"a failure, and nothing else, has a sentence");
	must(has_end(e.text, sizeof(e.text)), "the sentence ends");
	return result;
}

static void
check(const struct boot_options *o)
{
	must(has_end(o->root, sizeof(o->root)) &&
		has_end(o->rootfstype, sizeof(o->rootfstype)) &&
		has_end(o->rootflags, sizeof(o->rootflags)) &&
		has_end(o->init, sizeof(o->init)) &&
		has_end(o->nfsroot, sizeof(o->nfsroot)) &&
		has_end(o->nfsaddrs, sizeof(o->nfsaddrs)) &&
		has_end(o->putold, sizeof(o->putold)) &&
		has_end(o->unknown, sizeof(o->unknown)), "texts end");
	must(o->init[0] == '\0' || o->init[0] == '/', "init is absolute");
	must(o->putold[0] != '\0' && o->putold[0] != '/',
		"putold is relative");
	must(o->rootwait_s >= NOT_GIVEN && o->rootdelay_s >= 0 &&
		(o->timeout_s >= 0 || o->timeout_s == NOT_GIVEN) &&
		o->panic_s >= NOT_GIVEN, "seconds are in range");
	must(o->handover <= HANDOVER_CHANGE_ROOT &&
		o->onfail <= ONFAIL_EXIT &&
		o->coldplug <= COLDPLUG_NONE, "choices are in range");
	for (unsigned i = 0; i < OPT_COUNT; i++)
		must(o->origin[i] < ORIGIN_COUNT, "origins are in range");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum contract contract;
	enum origin origin;
	char *text;
	int result;

	if (size < 2)
		return 0;
	contract = (uint8_t)(data[0] - '0') % CONTRACT_COUNT;
	origin = (uint8_t)(data[1] - '0') % ORIGIN_COUNT;
	text = text_of(data + 2, size - 2);

	memset(&once, 0, sizeof(once));
	options_defaults(&once);
	result = take(&once, text, origin, contract);
	check(&once);
	twice = once;
	/* lists that grow with each text */
	twice.unknown[0] = twice.module_words[0] = twice.nfsaddrs[0] = '\0';
	must(take(&twice, text, origin, contract) == result,
		"the same text has the same result");
	must(strcmp(once.unknown, twice.unknown) == 0,
		"the same words are unknown");
	must(strcmp(once.module_words, twice.module_words) == 0 &&
		strcmp(once.nfsaddrs, twice.nfsaddrs) == 0,
		"the same words are the modules' and the network's");
	memcpy(twice.unknown, once.unknown, sizeof(once.unknown));
	memcpy(twice.module_words, once.module_words,
		sizeof(once.module_words));
	memcpy(twice.nfsaddrs, once.nfsaddrs, sizeof(once.nfsaddrs));
	must(memcmp(&once, &twice, sizeof(once)) == 0,
		"the same text again changes nothing");
	free(text);
	return 0;
}
