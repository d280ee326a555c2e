#!/bin/sh
# Cargo calls this in place of rustc for the crates of this workspace (RUSTC_WORKSPACE_WRAPPER), when
# they are built for libFuzzer: with counters at every edge, comparisons that can be seen, and the
# main function of libFuzzer (BELOFTE_LIBFUZZER) where there is a program to link. Every option is one
# of the stable compiler.
exec "$@" --cfg fuzzing \
    -C passes=sancov-module \
    -C llvm-args=-sanitizer-coverage-level=4 \
    -C llvm-args=-sanitizer-coverage-inline-8bit-counters \
    -C llvm-args=-sanitizer-coverage-pc-table \
    -C llvm-args=-sanitizer-coverage-trace-compares \
    -C "link-arg=$BELOFTE_LIBFUZZER" \
    -C link-arg=-lstdc++
