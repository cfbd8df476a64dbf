"""One figure at a time, and how sure it is: correctness, time, cache misses and the machine, each
by a program of the harness; `estimates` and `scoring` turn repeated figures into an interval and
points. A function here measures one thing of one worker. What a whole grade is, `grading` knows.
"""
