"""From source to programs: `trusted` has CMake build what is the course's own, `worker` compiles a
hostile submission in a sandbox, `toolchain` finds the files that a compiler needs to read. What is
measured is what was built: `measure` and all above it call this package. It runs no kernel.
"""
