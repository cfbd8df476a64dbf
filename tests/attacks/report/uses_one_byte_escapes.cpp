// attack: uses the control characters that are one character in Unicode
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks \x9b32m
#error 32m100 of 100
