"""Numbers as their number formats show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentguide.infra.excel_numbers import shown
from parentguide.infra.spreadsheet_cells import cell_name, column_letters, column_number


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("00000000000", "01632960001"),
        ("00000 000000", "01632 960001"),
        ("00000\\ 000000", "01632 960001"),
        ("\\(00000\\)\\ 000000", "(01632) 960001"),
        ('"0"####\\ ######', "01632 960001"),
        ("00000-000-000", "01632-960-001"),
        ('"+44 "0', "+44 1632960001"),
        ("[Red]00000000000;-0", "01632960001"),
        ("[$-809]00000000000", "01632960001"),
        ("00000000000_)", "01632960001"),
        ("0####\\ ######", "01632 960001"),
        ("000", "1632960001"),
    ],
)
def test_a_format_of_zeros_adds_them(number_format: str, text: str) -> None:
    assert shown(1632960001.0, number_format) == text


@pytest.mark.parametrize(
    "number_format",
    [
        "General",
        "0",
        "#,##0",
        "0.00",
        "@",
        "yyyy-mm-dd",
        "0.00E+00",
        "0%",
        "[<=9999999]###\\-####",
        "",
        '"x"',
    ],
)
def test_other_formats_are_not_understood(number_format: str) -> None:
    assert shown(1632960001.0, number_format) is None


@pytest.mark.parametrize("value", [-5.0, 0.5])
def test_only_whole_numbers_are_padded(value: float) -> None:
    assert shown(value, "00000") is None


@given(value=st.integers(0, 10**15), width=st.integers(2, 20))
def test_zeros_pad_as_python_does(value: int, width: int) -> None:
    assert shown(float(value), "0" * width) == str(value).zfill(width)


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")]
)
def test_letters_of_columns(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert column_number(f"{letters}12") == column
    assert cell_name(column, 7) == f"{letters}7"
