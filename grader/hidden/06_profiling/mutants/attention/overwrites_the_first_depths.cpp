// mistake: forgets the scores of the first depths when it computes the next
// verdict: correctness wrong_result
// instead of: p == 0 ? nullptr : kOnes});
nullptr
});
