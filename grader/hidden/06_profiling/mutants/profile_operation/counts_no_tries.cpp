// mistake: what the search for the number of calls takes is not counted
// verdict: correctness wrong_result
// instead of: spent += shown;
if (!trying) spent += shown;
