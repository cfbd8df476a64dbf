#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image: Ubuntu 24.04 or newer.
#
#   /autograder/source/rooflab   the course, with its hidden parts
#   /autograder/source/lab       the number of the lab that is graded: 02
#
# It installs what the course needs, then grades the stubs, so that no submission waits for a build.
set -euo pipefail

source=${ROOFLAB_AUTOGRADER:-/autograder}/source
read -r lab <"$source/lab"

bash "$source/rooflab/lab" --set-up
# An image may be built where a kernel cannot be run, and still grade elsewhere: only say it.
CI=true bash "$source/rooflab/lab" grade "$lab" --submission "$source/rooflab/grader/stubs" ||
  echo "setup.sh: WARNING: the stubs could not be graded here; see above, and test the autograder" >&2
