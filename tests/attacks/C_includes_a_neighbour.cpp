// attack: includes a file that lies beside its own folder
// stage: build
// verdict: build_failed Permission denied
// defence: confine
// witness: leaks of the grader
#include "../secret.txt"
