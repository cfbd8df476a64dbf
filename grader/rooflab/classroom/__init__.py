"""For those who teach with the labs: releasing them to students, exporting them to grading
services, publishing solutions after the deadline. `tree` says what students receive, `leaks` what
they must not, `trial` builds it elsewhere, and `release` does all of it. No student's copy has this
package, and nothing but the command line imports it.
"""
