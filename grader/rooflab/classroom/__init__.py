"""For those who teach with the labs: what students are given, when work is due, and what they see
afterwards. `tree` says what they receive, `leaks` what they must not, `trial` builds it elsewhere,
and `release` does all of it; `export` writes what grading services are given; `publish` gives a
solution away when all `deadlines` are over. It needs solutions and hidden files; no student's copy
has it, and nothing but the command line imports it.
"""
