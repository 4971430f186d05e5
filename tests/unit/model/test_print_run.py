"""The sides of a print run: for any sheets, each copy begins on a leaf of its own."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from parentguide.model.print_run import SheetCopies, Side, sides_of

SHEETS = st.lists(st.builds(SheetCopies, st.integers(1, 7), st.integers(1, 9)), max_size=6)


@given(SHEETS)
def test_every_page_of_every_copy_is_there_once_and_in_order(sheets: list[SheetCopies]) -> None:
    printed = [side for side in sides_of(sheets) if side.page is not None]
    assert printed == [
        Side(number, page)
        for number, sheet in enumerate(sheets)
        for _ in range(sheet.copies)
        for page in range(sheet.pages)
    ]


@given(SHEETS)
def test_each_copy_begins_on_an_odd_side_and_no_leaf_has_two_sheets(sheets: list[SheetCopies]) -> None:
    sides = sides_of(sheets)
    assert len(sides) % 2 == 0
    # Counted from 1, as people count them, the first page of a copy is on an odd side.
    assert all(number % 2 == 1 for number, side in enumerate(sides, 1) if side.page == 0)
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        assert front.sheet == back.sheet
        assert front.page is not None
        assert back.page in (front.page + 1, None)


@given(SHEETS)
def test_a_blank_side_is_there_only_after_an_odd_number_of_pages(sheets: list[SheetCopies]) -> None:
    blank = [side.sheet for side in sides_of(sheets) if side.page is None]
    assert {number: len([*same]) for number, same in groupby(blank)} == {
        number: sheet.copies for number, sheet in enumerate(sheets) if sheet.pages % 2
    }


def test_copies_of_a_sheet_are_together() -> None:
    sides = sides_of([SheetCopies(pages=1, copies=2), SheetCopies(pages=2, copies=1)])
    assert sides == (Side(0, 0), Side(0, None), Side(0, 0), Side(0, None), Side(1, 0), Side(1, 1))
