// attack: wipes the screen and paints a better result
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks \x1b[2J\x1b[H\x1b[32m100 of 100
#error [2J[H[32m100 of 100[0m
