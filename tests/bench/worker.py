"""One process that sets sheets with one program: ``python -m tests.bench.worker PROGRAM SCHOOLS TAG...``.

Prints the number of sheets and the seconds for all of them. Before it counts, the process sets one sheet
in each language, so that both programs have their code and their fonts loaded. For one school that sheet
has only the first block of the guide: Typst remembers what it has laid out, and a sheet with the same
words would be counted as one that is set for the second time.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

from parentguide.build.api import BuildRequest, plan
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render.print.handout import Handout
from parentguide.render.web.fragment import Fragment
from tests.bench.clock import seconds

# A program gives a function that makes a job of an edition; the job makes the PDF.
Job = Callable[[], object]
Program = Callable[[Project], Callable[[Edition], Job]]


def html_page(project: Project, edition: Edition) -> str:
    """The words of the handout as an A4 page in HTML, in the same fonts."""
    language = edition.language
    fonts = ", ".join(f'"{font}"' for font in language.print.fonts)
    body = Fragment(project.templates).render(edition).decode("utf-8")
    return (
        f'<!DOCTYPE html><html lang="{language.lang}"><head><meta charset="utf-8"><title>Guide</title><style>'
        "@page{size:A4;margin:13mm}html{font-size:7pt}"
        f"body{{margin:0;font-family:{fonts}}}"
        "section{max-width:none!important;line-height:1.3!important;padding:0!important}"
        f"</style></head><body>{body}</body></html>"
    )


def parentguide(project: Project) -> Callable[[Edition], Job]:
    """Our handout. Each job also chooses the largest type that fits."""
    handout = Handout(project.templates)
    return lambda edition: lambda: handout.render(edition)


def weasyprint(project: Project) -> Callable[[Edition], Job]:
    """WeasyPrint with the same words. Making the HTML is not part of a job."""
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
