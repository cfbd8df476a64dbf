"""The commands of those who write labs: new, verify and calibrate with their mutants and stages,
and the self-test. It needs solutions and hidden tests, which a student's copy does not have.
`student` and `classroom` never import it.
"""
