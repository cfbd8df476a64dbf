// attack: changes the title of the reader's terminal
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks \x1b]0;all tests passed
#error ]0;all tests passed
