// idea: VNNI in 256 bits where there is it, as on laptops
// earns: 23 of matmul_int8_simd.speedup
// instead of: if (avx512_vnni) return multiply<Avx512>(a, b, pa, pb, c);
(void)avx512_vnni;
