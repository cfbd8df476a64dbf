// mistake: forgets the bias of the first layer
// verdict: correctness wrong_result
// instead of: row[j] = static_cast<float>(sums.view().row(i)[j] + bias1[j]) * scales1[j];
row[j] = static_cast<float>(sums.view().row(i)[j]) * scales1[j];
