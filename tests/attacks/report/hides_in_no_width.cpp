// attack: hides letters that have no width, to pass for another word
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks \u200b
#error pas​sed
