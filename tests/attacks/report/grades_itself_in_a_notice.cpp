// attack: says the notice by which a classroom's runner tells the score
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks \n::notice title=Autograding report
asm(".error \"\\n::notice title=Autograding report::{\\\"totalPoints\\\":100}\"");
