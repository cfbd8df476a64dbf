"""Rooflab's grader: command line, build, measurement, scoring and reports."""

__version__ = "0.1.0"
