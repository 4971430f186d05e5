"""Review: who approved which words, kept beside the catalog, and what follows from it."""
