"""The document that grading ends in, and its views. `model` is the report and its JSON, `wording`
says figures and findings in words, `terminal` and `page` show them. Views read a report and nothing
else: whoever grades fills in the model, and never prints.
"""
