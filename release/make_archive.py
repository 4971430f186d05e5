"""Make the ZIP file from which a school secretary starts Studio: ``make release``.

The same sources and the same build tools give the same bytes.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# A person changes this when somebody has tried it; docs/studio.md says the same.
TRIED = """\
Tried on Linux. Not tried on a Windows computer or a Mac yet: please tell us what happens there."""
STARTERS = ("start-studio.cmd", "start-studio.command", "start-studio.sh")
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can hold; a real one would change the bytes


def build_wheel(folder: Path) -> Path:
    """Build the wheel of this checkout into ``folder``. pip says what is wrong if it cannot."""
    quietly = ["--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *quietly, "--wheel-dir", str(folder), str(ROOT)],
        env=os.environ | {"SOURCE_DATE_EPOCH": "315532800"},
        check=True,
    )
    return next(folder.glob("parentguide-*.whl"))


def archive_bytes(wheel: Path, version: str) -> bytes:
    """The ZIP file: one folder with the files to double-click, and ``program`` with all else."""
    texts = {name: (HERE / name).read_text("utf-8") for name in STARTERS}
    readme = (HERE / "README.txt").read_text("utf-8")
    texts["README.txt"] = readme.format(version=version, tried=TRIED)
    texts["LICENSE.txt"] = (ROOT / "LICENSE").read_text("utf-8")
    # cmd.exe misreads labels after LF line ends, and older editors of Windows show one long line.
    windows = (".cmd", ".txt")
    files = {
        name: (text.replace("\n", "\r\n") if name.endswith(windows) else text).encode("utf-8")
        for name, text in texts.items()
    }
    files["program/start_studio.py"] = (HERE / "start_studio.py").read_bytes()
    files["program/constraints.txt"] = (ROOT / "constraints.txt").read_bytes()
    files[f"program/{wheel.name}"] = wheel.read_bytes()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"parentguide-studio-{version}/{name}", _DATE)
            entry.create_system = 3  # Unix, on every computer: only so are the bits below read
            entry.external_attr = (0o100755 if name.endswith((".sh", ".command")) else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for the ZIP file")
    options = parser.parse_args()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    with tempfile.TemporaryDirectory() as folder:
        wheel = build_wheel(Path(folder))
        made = archive_bytes(wheel, version)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"parentguide-studio-{version}.zip"
    path.write_bytes(made)
    print(f"{path}  {len(made) / 1e6:.1f} MB")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError:
        sys.exit("The archive is not made: pip could not build the wheel (see above).")
