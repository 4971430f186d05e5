"""Machine translation: drafts for a translator to edit.

Only the guide's own public text is sent to a provider. School details are not part of a catalog, and
placeholders stand for phone numbers, addresses and numbers.
"""
