// attack: says what older runners obey anywhere in a line
// lab: 02_blocking
// stage: report
// verdict: build_failed
// defence: escaping
// witness: leaks ##[set-env
#error##[set-env name=LD_PRELOAD]/tmp/mine.so
