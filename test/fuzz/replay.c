/* SPDX-License-Identifier: MIT */
/*
 * replay FILE...: run each file through a fuzz target, for builds without
 * libFuzzer. A target that aborts names the file on the line before.
 */
#include "fuzz.h"

enum { INPUT_SIZE = 1 << 16 };

int
main(int argc, char **argv)
{
	static uint8_t input[INPUT_SIZE];

	if (argc < 2) {
		fprintf(stderr, "usage: %s FILE...\n", argv[0]);
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "rb");
		size_t size;

		if (f == NULL) {
			perror(argv[i]);
			return 1;
		}
		size = fread(input, 1, sizeof(input), f);
		fclose(f);
		printf("%s\n", argv[i]);
		fflush(stdout);
		LLVMFuzzerTestOneInput(input, size);
	}
	return 0;
}
