# What the build takes from a lab's manifest, lab.toml.

# The list `flags = [...]`, on one line or on several; nothing else of it matters here. CMake knows no
# TOML: a list that this reads otherwise than the grader does is refused when the lab is graded
# (grader/rooflab/build.py compares the two).
function(rooflab_read_flags manifest result)
  file(READ ${manifest} text)
  string(REGEX REPLACE "#[^\n]*" "" text "\n${text}")
  if(NOT text MATCHES "\n *flags *= *\\[([^]]*)\\]")
    message(FATAL_ERROR "  error: ${manifest} has no list of flags, such as: flags = [\"-O3\"]")
  endif()
  string(REGEX MATCHALL "\"[^\"]*\"|'[^']*'" flags "${CMAKE_MATCH_1}")
  string(REGEX REPLACE "[\"']" "" flags "${flags}")
  set(${result} "${flags}" PARENT_SCOPE)
endfunction()
