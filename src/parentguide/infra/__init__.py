"""Files, TOML, caches, fonts, Typst and PDFium. Knows nothing of guides."""
