"""From source to programs: `trusted` has CMake build what is the course's own, `worker` builds a
hostile submission, with `earlier` labs' kernels where its lab uses some, and `variant` one that is
the solution with a part replaced; `objects` runs compiler and binutils for that, in a sandbox,
`linking` the linker, and `toolchain` finds the files that they need to read. What is measured is
what was built: `measure` and all above it call this package. It runs no kernel.
"""
