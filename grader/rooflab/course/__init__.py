"""The course on disk: which labs there are, what their manifests say, their stubs and stages, and
the files that a submission hands in. Nothing is compiled or run here. All that deals with a lab
starts from `Course` and `Lab`.
"""
