"""What a user types: a function per command, which calls into its module and prints what comes
back. `student` is in every copy of the course, the other modules in the instructor's. A new module
is named in `rooflab.cli`, which makes one program of them.
"""
