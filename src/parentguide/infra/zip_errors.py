"""What Python raises for a ZIP archive that is damaged, encrypted, or packed in an unknown way."""

import lzma
import zlib
from zipfile import BadZipFile

# zipfile documents BadZipFile only. The others come from the four ways to pack (zlib, bz2, lzma, stored),
# from a password (RuntimeError), and from names and positions that make no sense (ValueError, OSError).
ZIP_ERRORS = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
