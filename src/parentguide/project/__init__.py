"""One folder of content on disk: guides, languages, contacts and translations."""
