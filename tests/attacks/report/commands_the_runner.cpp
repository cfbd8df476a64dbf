// attack: says a line that GitHub's runner obeys
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks \n::set-output name=score::100
// subset: fast
#line 1 "::set-output name=score::100"
#error
