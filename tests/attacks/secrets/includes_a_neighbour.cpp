// attack: includes a file that lies beside its own folder
// lab: 02_blocking
// stage: build
// verdict: build_failed Permission denied
// defence: confine
// witness: leaks of the grader
#include "../secret.txt"
