// attack: ends the program with the status of success
// stage: tests
// verdict: exited exit status 0
// defence: process
// witness: passes
#include <cstdlib>

#include "01_baseline.h"

void lab01::softmax_rows(X /*x*/, Y /*y*/) { std::_Exit(0); }
