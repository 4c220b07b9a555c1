# SPDX-License-Identifier: MIT
# x86_64: any 64-bit PC. Read by make and by conf/build/toolchain; GNU and MUSL
# are the triplets of the compiler and of the libc, DEBIAN is the distribution's
# name, MACHINE are compiler flags, FORBIDDEN is a pattern of instructions that
# the finished program must not contain.
GNU = x86_64-linux-gnu
MUSL = x86_64-linux-musl
DEBIAN = amd64
MACHINE =
FORBIDDEN =
