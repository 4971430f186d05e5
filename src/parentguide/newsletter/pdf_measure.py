"""What is usual in a newsletter: its type size, and how far its lines are apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Self

from parentguide.newsletter.pdf_values import Line

_USUAL_PITCH = 1.35  # type sizes from one baseline to the next, where no paragraph shows it


@dataclass(frozen=True, slots=True)
class Measure:
    """``body_size`` in points; ``pitches``: from one baseline to the next, for each type size, in sizes."""

    body_size: float
    pitches: dict[float, float]
    usual_pitch: float = _USUAL_PITCH

    @classmethod
    def of(cls, columns: Iterable[Sequence[Line]]) -> Self:
        """Measure lines, column after column in reading order."""
        sizes: Counter[float] = Counter()
        running: dict[float, list[float]] = {}
        for column in columns:
            for line in column:
                sizes[round(line.size, 1)] += len(line.text)
            for last, line in pairwise(column):
                pitch = (last.base - line.base) / max(line.size, 1)
                if _runs_on(last, line) and 0.8 < pitch < 2.6:
                    running.setdefault(round(line.size), []).append(pitch)
        pitches = {size: median(found) for size, found in running.items()}
        everything = [pitch for found in running.values() for pitch in found]
        usual = median(everything) if everything else _USUAL_PITCH
        return cls(sizes.most_common(1)[0][0] if sizes else 11, pitches, usual)

    def pitch(self, size: float) -> float:
        """The usual distance of baselines in points between lines of this size."""
        return self.pitches.get(round(size), max(self.usual_pitch, _USUAL_PITCH)) * size

    def is_large(self, size: float) -> bool:
        return size >= 1.12 * self.body_size


def _runs_on(last: Line, line: Line) -> bool:
    """Whether a sentence goes on from one line to the other, so that they are of one paragraph."""
    same = abs(last.size - line.size) < 0.3 and not line.mark and last.bold == line.bold
    return same and line.text[:1].islower() and last.text[-1:] not in ".!?:;"
