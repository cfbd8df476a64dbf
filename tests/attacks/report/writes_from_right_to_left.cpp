// attack: reorders what follows it
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks \u202e
#error ‮001 fo 001
