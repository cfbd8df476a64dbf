// attack: says what Azure's runner obeys
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks ##vso[task.complete
#error##vso[task.complete result=Succeeded]
