"""Studio's pages: one module for each."""
