"""One process that sets sheets with one program: ``python -m tests.bench.worker PROGRAM SCHOOLS TAG...``.

Prints the number of sheets and the seconds for all of them. Before it counts, the process sets one sheet
in each language, so that both programs have their code and their fonts loaded. For one school that sheet
has only the first block of the guide: Typst remembers what it has laid out, and a sheet with the same
words would be counted as one that is set for the second time.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from parentguide.build.api import BuildRequest, plan
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render.print.handout import Handout
from parentguide.render.web.page import Web
from tests.bench.clock import seconds

# A program gives a function that makes a job of an edition; the job makes the PDF.
Job = Callable[[], object]
Program = Callable[[Project], Callable[[Edition], Job]]


# The size, margins and distances of the handout. Signs are in one column: a grid takes WeasyPrint longer.
_STYLE = (
    "@page{{size:A4;margin:15mm}}html{{font-size:14.3pt;line-height:{leading};font-family:{fonts}}}body{{margin:0}}"
    "svg{{width:14mm;height:14mm;fill:none;stroke:#0b5351;stroke-width:2.1;stroke-linecap:round}}"
    ".tint{{fill:#f6cf9f;stroke:none}}li,p,h2{{break-inside:avoid}}"
    "ul.pictures>li{{list-style:none;min-height:15mm}}ul.pictures svg{{float:left}}"
    ".callout,blockquote{{background:#e6f1f0;border:1px solid #8d8676;border-radius:8px;padding:4mm;"
    "margin:0 0 4mm;break-inside:avoid}}"
)
# What a page on a screen has and a sheet has not.
_NOT_ON_PAPER = "nav, script, style, button, .listen, .copy, .downloads, .privacy, .leave-again"


def html_page(project: Project, edition: Edition) -> str:
    """The words and pictures of the handout as an A4 page in HTML, in the same fonts and at the same size."""
    language = edition.language
    tree = LexborHTMLParser(Web(project.templates).render(edition).decode("utf-8"))
    main = tree.css_first("main")
    assert main is not None
    for node in main.css(_NOT_ON_PAPER):
        node.decompose()
    fonts = ", ".join(f'"{font}"' for font in language.print.fonts)
    style = _STYLE.format(leading=language.print.leading, fonts=fonts)
    head = f'<meta charset="utf-8"><title>Guide</title><style>{style}</style>'
    attributes = f'lang="{language.lang}" dir="{language.direction}"'
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{main.html}</body></html>"


def parentguide(project: Project) -> Callable[[Edition], Job]:
    """Our handout. Each job also chooses on which side each part stands."""
    handout = Handout(project.templates)
    return lambda edition: lambda: handout.render(edition)


def weasyprint(project: Project) -> Callable[[Edition], Job]:
    """WeasyPrint with the same words and pictures. Making the HTML is not part of a job."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()

    def prepared(edition: Edition) -> Job:
        page = html_page(project, edition)
        return lambda: HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", font_config=fonts)

    return prepared


PROGRAMS: Mapping[str, Program] = {"parentguide": parentguide, "weasyprint": weasyprint}


def _first_block(edition: Edition) -> Edition:
    """The edition with the first block of its guide only."""
    return replace(
        edition,
        guide=replace(edition.guide, blocks=edition.guide.blocks[:1]),
        whole=replace(edition.whole, blocks=edition.whole.blocks[:1]),
        english=replace(edition.english, blocks=edition.english.blocks[:1]),
    )


def main() -> None:
    name, schools, *tags = sys.argv[1:]
    project = Project()
    prepared = PROGRAMS[name](project)
    editions = plan(project, BuildRequest(tuple(tags), ("handout",))).editions
    for edition in editions:
        prepared(_first_block(edition) if int(schools) == 1 else replace(edition, school=School("First")))()
    jobs = [
        prepared(replace(edition, school=School(f"School {number}")))
        for edition in editions
        for number in range(int(schools))
    ]
    took = seconds(lambda: [job() for job in jobs])
    print(len(jobs), took)


if __name__ == "__main__":
    main()
