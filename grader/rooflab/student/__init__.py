"""The commands that students type: test, bench, misses, grade, hint, reset, status and doctor. Each
module is one command, with a `_text` beside it where its words are long. It must work in a copy of
the course without solutions and hidden tests; `authoring` and `classroom` never import it.
"""
