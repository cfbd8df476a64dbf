// mistake: takes the first channel's scale for all
// verdict: correctness wrong_result
// instead of: row[j] = static_cast<float>(sums.view().row(i)[j] + bias1[j]) * scales1[j];
row[j] = static_cast<float>(sums.view().row(i)[j] + bias1[j]) * scales1[0];
