"""Cells of a trust's table: what Excel did to a value is undone, or said with its remedy.

Excel reads “01632 960001” as a number, which has no first 0, and long numbers as 4.41633E+11. Its
plain CSV has no letter “ŵ”, and a CSV file in UTF-8 that it takes for something else has “Åµ”.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from parentguide.errors import InvalidValueError
from parentguide.infra.spreadsheet_cells import Cell
from parentguide.infra.toml import printable
from parentguide.schools.values import parse_phone

# ="01632 960001": a formula that keeps a text a text.
_TEXT_FORMULA = re.compile(r'=\s*"((?:[^"]|"")*)"')
_ERRORS = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|PYTHON!"
    r"|UNKNOWN!|GETTING_DATA|EXTERNAL!)|Err:\d{3}",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
# Digits as Excel and other programs write numbers: 1,632,960,001 and 1632960001.0.
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
# A national number has nine or ten digits after the 0, Childline seven (0800 1111).
_WITHOUT_ZERO = re.compile(r"[1-9]\d{8,9}|8001111", re.ASCII)
_ZERO_DECIMALS = re.compile(r"(\d{6,})\.0+")
# What programs add to a date that has no time of day.
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?$")
# Letters of European languages, and typographic marks: what UTF-8 read as something else may mean.
_MEANT_LETTERS = re.compile("[\x20-\u017f\u2010-\u2027\u2030-\u203a]+")
_AS_TEXT = "format the column as Text"
_TRUTH_VALUES = ("TRUE", "FALSE")
# Excel keeps 15 digits of a number.
_KEPT_DIGITS = 15
# Days from 2000 to 2099, counted as Excel counts them.
_SERIALS = range(36526, 73051)
_FIRST_DAY = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class CellText:
    """The text of a cell as a school file has it; ``notice`` says what was changed, if anything."""

    text: str
    notice: str = ""


def read_cell(cell: Cell, kind: str) -> CellText:
    """The text of ``cell`` for a detail of ``kind`` (see :class:`~parentguide.infra.structure.Parsed`).

    Raises :class:`~parentguide.errors.InvalidValueError` for a value that is lost.
    """
    if cell.kind == "formula":
        raise InvalidValueError(
            "it has a formula whose value is not stored",
            "Open the table in Excel, save it, and use it again.",
        )
    text = _unwrapped(cell.text.strip())
    if kind == "flag" and text in _TRUTH_VALUES:
        # A spreadsheet makes them of a typed “true”.
        return CellText(text)
    _refuse_no_value(text)
    _refuse_lost_letters(text, kind)
    if kind == "date":
        return _date(text)
    if cell.kind == "date":
        raise InvalidValueError(
            f"Excel made the date or time {printable(text)} of it",
            f"In Excel, {_AS_TEXT} and type the value again.",
        )
    if kind in ("phone", "colour"):
        _refuse_lost_digits(text)
        return _phone(text) if kind == "phone" else _colour(text)
    # A line break inside a cell is only a matter of the column's width.
    return CellText(text if kind == "words" else re.sub(r"\s*[\n\r\v\f\x85\u2028\u2029]+\s*", " ", text))


def _unwrapped(text: str) -> str:
    """The text of ``="…"``, and of ``'…``, the apostrophe that tells Excel that a value is a text."""
    formula = _TEXT_FORMULA.fullmatch(text)
    if formula:
        return formula[1].replace('""', '"').strip()
    return text[1:].strip() if re.match(r"['’][0-9=+(#]", text) and text[-1] not in "'’" else text


def _refuse_no_value(text: str) -> None:
    if _ERRORS.fullmatch(text):
        raise InvalidValueError(f"it has the error {text}", "Fix the formula, or type the value.")
    if re.fullmatch(r"#{3,}", text):
        raise InvalidValueError(
            "it has only # signs, because the column was too narrow when the table was saved",
            "Make the column wider in Excel and save the table again.",
        )
    if text in _TRUTH_VALUES:
        raise InvalidValueError(f"it is {text}, which is not a value of this column", "Type the value.")


def _refuse_lost_letters(text: str, kind: str) -> None:
    remedy = "Save the table as “CSV UTF-8” in Excel, or as .xlsx, and look at the cell."
    if "\ufffd" in text or (kind == "text" and re.search(r"[^\W\d_]\?[^\W\d_]", text)):
        raise InvalidValueError(f"letters were lost in “{printable(text)}” when the table was saved", remedy)
    try:
        meant = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return
    if meant != text and _MEANT_LETTERS.fullmatch(meant):
        problem = f"“{printable(text)}” was saved with the wrong letters: “{printable(meant)}” is meant"
        raise InvalidValueError(problem, remedy)


def _refuse_lost_digits(text: str) -> None:
    if _SCIENTIFIC.fullmatch(text) or (text.isdecimal() and len(text) > _KEPT_DIGITS):
        raise InvalidValueError(
            f"Excel shortened the number to {printable(text)}, and its last digits are lost",
            f"In Excel, {_AS_TEXT} and type the number again.",
        )


def _phone(text: str) -> CellText:
    """The number, with the first 0 that Excel removed, if the number is valid only with it."""
    digits = text.replace(",", "") if _GROUPED.fullmatch(text) else _ZERO_DECIMALS.sub(r"\1", text)
    if not digits.isdecimal() or _is_phone(digits):
        return CellText(digits)
    if _WITHOUT_ZERO.fullmatch(digits) and _is_phone(f"0{digits}"):
        said = f"Excel removed the first 0: {_AS_TEXT}. {printable(text)} is read as 0{digits}."
        return CellText(f"0{digits}", said)
    return CellText(digits)


def _is_phone(text: str) -> bool:
    try:
        parse_phone(text)
    except InvalidValueError:
        return False
    return True


def _colour(text: str) -> CellText:
    """The colour, with the zeros that Excel removed: 3366 is #003366. Three digits are a colour."""
    if re.fullmatch(r"\d{1,2}|\d{4,5}", text, re.ASCII):
        colour = f"#{text.zfill(6)}"
        said = f"Excel removed the first 0: {_AS_TEXT}. {text} is read as {colour}."
        return CellText(colour, said)
    return CellText(text)


def _date(text: str) -> CellText:
    """The date; one that is only a number is a date without its format."""
    text = _MIDNIGHT.sub("", text)
    if text.isascii() and text.isdecimal() and int(text) in _SERIALS:
        day = (_FIRST_DAY + timedelta(days=int(text))).isoformat()
        return CellText(day, f"Excel keeps a date as a number: {text} is read as {day}.")
    return CellText(text)
