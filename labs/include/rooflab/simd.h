// x86's vector intrinsics, on every processor: the compiler's own where it compiles for AVX2 and FMA,
// else SIMDe's, which carry them out with what there is (NEON on 64-bit ARM, SSE2 on plain x86-64).
#pragma once

#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#else
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx2.h>
#include <simde/x86/fma.h>
#endif
