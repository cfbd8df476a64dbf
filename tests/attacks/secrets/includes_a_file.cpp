// attack: includes a file of the machine, for the compiler to quote it
// lab: 02_blocking
// stage: build
// verdict: build_failed Permission denied
// defence: confine
// witness: leaks root:
// subset: fast
#include "/etc/passwd"
