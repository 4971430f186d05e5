"""Machine drafts: engines through deep-translator, with everything round them that it lacks.

Only the guide's own public text ever goes to an engine: school details are not part of a
catalog, and phone numbers and addresses are fields that are masked before anything is sent.
"""
