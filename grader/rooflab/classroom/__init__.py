"""The commands of those who teach with the labs: what students are given, when work is due, and
what they see afterwards (release, export, deadlines, publish). It needs solutions and hidden files,
and reads what a course says about its class. `student` and `authoring` never import it, and it
imports neither.
"""
