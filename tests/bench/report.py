"""The measurements as a table and as a plot."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.growth import Point


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown: the first column is aligned left, the others right."""
    marks = ["---", *("---:" for _ in headings[1:])]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (headings, marks, *rows)) + "\n"


def plot(path: Path, curves: Sequence[tuple[str, Sequence[Point]]]) -> None:
    """An SVG picture with a panel for each curve."""
    # Matplotlib loads slowly.
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "parentguide"
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, len(curves), figsize=(4 * len(curves), 3.2), layout="constrained")
    for panel, (name, points) in zip(panels, curves, strict=True):
        panel.plot([p.count for p in points], [p.took for p in points], marker="o", color="#0f4a4f")
        panel.set_xlabel(name)
        panel.set_ylabel("seconds")
        panel.set_xlim(left=0)
        panel.set_ylim(bottom=0)
    figure.savefig(path, metadata={"Date": None})
