"""Derived fonts: one composite glyph for each character of each word that a job prints.

PDF readers extract text right when each glyph is one character. Faces of Arabic script that draw dots
and joining strokes as glyphs of their own break that. A derived font has the same shapes in the same
places, but each glyph in it is a whole character as HarfBuzz shapes it in its word.

Of a face with very many characters, a build makes a font of those that it prints (``subset.py``).

Decisions: docs/decisions/0049-a-small-font-for-han.md,
docs/decisions/0033-fonts-made-for-the-words.md.
"""
