// mistake: takes queries for keys
// verdict: correctness wrong_result
// instead of: lab03::matmul_simd(hidden.view(), wk, k.view());
lab03::matmul_simd(hidden.view(), wq, k.view());
