// attack: changes the title of the reader's terminal
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks \x1b]0;all tests passed
#error ]0;all tests passed
