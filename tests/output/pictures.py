"""``make pictures``: a picture of each page at phone width and of each sheet, and contact sheets.

Writes ``pictures/``. The pages use the fonts of the printed sheets, so that a machine without
fonts for a script shows what a phone with such fonts shows.
"""

import os
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from parentguide.build.api import BuildRequest, build_guides
from parentguide.infra.fonts import font_folders
from parentguide.project.project import Project
from tests.conftest import FLAGS, need

PHONE = 360
CELL = (300, 640)
COLUMNS = 6


def use_project_fonts(folder: Path) -> None:
    """Add the fonts of the sheets to those of the system, for programs that use fontconfig."""
    folders = "".join(f"<dir>{path}</dir>" for path in font_folders())
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{folders}'
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        "utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(config)


def contact_sheet(
    pictures: list[Path], target: Path, columns: int = COLUMNS, cell: tuple[int, int] = CELL
) -> None:
    """The pictures side by side with their names; long pictures are cut off at the bottom."""
    width, height = cell
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * width, rows * (height + 24)), "white")
    draw = ImageDraw.Draw(sheet)
    for index, path in enumerate(pictures):
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        picture = picture.resize((width - 10, round(picture.height * (width - 10) / picture.width)))
        picture = picture.crop((0, 0, width - 10, min(picture.height, height)))
        left, top = index % columns * width, index // columns * (height + 24)
        draw.text((left + 4, top + 4), path.stem, fill="black")
        sheet.paste(picture, (left, top + 24))
    sheet.save(target)


def pages(output: Path, folder: Path) -> list[Path]:
    """A picture of each whole page at phone width."""
    made = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=need("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": PHONE, "height": 740}, device_scale_factor=2)
        for html in sorted(output.rglob("*.html")):
            page.goto(html.as_uri())
            name = "-".join(html.relative_to(output).with_suffix("").parts)
            made.append(folder / f"{name}.png")
            page.screenshot(path=made[-1], full_page=True)
            print(made[-1])
        browser.close()
    return made


def sheets(output: Path, folder: Path) -> list[Path]:
    """A picture of each side of each sheet."""
    made = []
    for path in sorted(output.rglob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        for number in range(len(document)):
            made.append(folder / f"{path.stem}-{number + 1}.png")
            document[number].render(scale=1.5).to_pil().save(made[-1])
        document.close()
        print(path)
    return made


def main() -> None:
    target = Path("pictures")
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        build_guides(Project(), BuildRequest(languages=tuple(sys.argv[1:]), allow_incomplete=True), output)
        use_project_fonts(Path(folder))
        contact_sheet(pages(output, target), target / "contact-sheet-pages.png")
        contact_sheet(sheets(output, target), target / "contact-sheet-sheets.png")


if __name__ == "__main__":
    main()
