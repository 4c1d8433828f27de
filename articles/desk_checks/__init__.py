"""
What can be checked in a text without understanding it; one module a check.

Pure: a text in, findings out. What the newsroom makes of a finding is decided elsewhere.
"""
