// mistake: calls the operation although PAPI did not start
// verdict: correctness wrong_result
// instead of: if (PAPI_library_init(PAPI_VER_CURRENT) != PAPI_VER_CURRENT) return {-1, -1};
if (PAPI_library_init(PAPI_VER_CURRENT) != PAPI_VER_CURRENT) {
  op();
  return {-1, -1};
}
