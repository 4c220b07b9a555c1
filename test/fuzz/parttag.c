/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/parttag: the first line is what a partition has, the
 * second what is wanted.
 */
#include <ctype.h>
#include <strings.h>

#include "lib/parttag.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *has = text_of(data, size);
	char *wanted = strchr(has, '\n');

	if (wanted == NULL) {
		free(has);
		return 0;
	}
	*wanted++ = '\0';
	must(parttag_uuid_fits(has, wanted) == (wanted[0] != '\0' &&
		strncasecmp(has, wanted, strlen(wanted)) == 0),
		"a PARTUUID fits by any prefix, in any case");
	if (has[0] != '\0' && strcmp(has, wanted) == 0)
		must(parttag_label_fits(has, wanted),
			"a PARTLABEL fits as it is");
	else if (strlen(wanted) > strlen(has))
		must(!parttag_label_fits(has, wanted),
			"no spelling of a PARTLABEL is longer than its UTF-8");
	free(has);
	return 0;
}
