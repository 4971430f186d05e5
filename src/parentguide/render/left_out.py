"""What a build could not make, in sentences for a school's office."""

from collections.abc import Iterable, Sequence

from parentguide.model.output import LeftOut


def left_out_lines(files: Iterable[LeftOut]) -> list[str]:
    """The files that could not be made: one line for each format and each thing to do.

    The reason is that of the first language; the other languages follow.
    """
    alike: dict[tuple[str, str], list[LeftOut]] = {}
    for file in files:
        alike.setdefault((file.format, file.remedy), []).append(file)
    return [_line(same) for same in alike.values()]


def _line(same: list[LeftOut]) -> str:
    first = same[0]
    others = sorted({file.language_name for file in same[1:]} - {first.language_name})
    return left_out_line(first.reason, first.remedy, others)


def left_out_line(reason: str, remedy: str, others: Sequence[str] = ()) -> str:
    """Why a file could not be made, the other languages for which that is so, and what to do."""
    text = f"{reason[:1].upper()}{reason[1:]}."
    if others:
        text += f" The same in {', '.join(others)}."
    return f"{text} What to do: {remedy}"
