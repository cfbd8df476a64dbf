// mistake: forgets the bias of the classifier
// verdict: correctness wrong_result
// instead of: for (std::size_t j = 0; j < row.size(); ++j) row[j] += bias2[j];
(void)row;
