// attack: finds out which files the machine has
// lab: 02_blocking
// stage: build
// verdict: build_failed Permission denied
// defence: confine
// witness: leaks it is there
#if __has_include("/etc/passwd")
#error it is there
#endif
