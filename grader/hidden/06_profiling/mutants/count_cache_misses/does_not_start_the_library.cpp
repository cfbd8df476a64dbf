// mistake: never initialises PAPI
// verdict: correctness wrong_result
// instead of: if (PAPI_library_init(PAPI_VER_CURRENT) != PAPI_VER_CURRENT) return {-1, -1};
