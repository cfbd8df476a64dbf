// mistake: takes the columns of a part for rows that are packed
// verdict: correctness wrong_result
// instead of: const MatrixView<const float> columns = part(b, 0, begin, b.rows, end - begin);
MatrixView<const float> columns = part(b, 0, begin, b.rows, end - begin);
columns.stride = columns.cols;
