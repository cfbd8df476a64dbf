"""A whole grade: `grade` takes a submission through build, tests, counts and timing to a report,
`checks` words each line of it, `measurement` takes one graded figure outside a grade. It prints
nothing. Commands, the grading of a class and other programs call it alike.
"""
