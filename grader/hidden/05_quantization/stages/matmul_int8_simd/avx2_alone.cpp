// idea: everything but VNNI: pairs of 16 bits
// earns: 23 of matmul_int8_simd.speedup
// instead of: if (avx512_vnni) return multiply<Avx512>(a, b, pa, pb, c);
// instead of: if (has_avx_vnni()) return multiply<Avx2<VnniQuads>>(a, b, pa, pb, c);
(void)avx512_vnni, (void)has_avx_vnni;
