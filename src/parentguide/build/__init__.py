"""Build guides: from a request to a plan, to files, to a published folder."""
