// attack: includes a file that lies where toolchains do, but belongs to none, as a course may
// lab: 02_blocking
// stage: build
// verdict: build_failed Permission denied
// defence: confine
// witness: leaks PRETTY_NAME
#include "/usr/lib/os-release"
