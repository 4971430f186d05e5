"""Files, TOML, caches, fonts, Typst and PDFium. Nothing here knows what a guide is."""
