"""Cards: the blocks of ``guide.md`` one by one, for people who do not want to see its markup.

:func:`~parentguide.project.cards.reading.cards_of` reads them,
:func:`~parentguide.project.cards.writing.with_cards` writes them back, and
:mod:`~parentguide.project.cards.edits` changes them.
"""
