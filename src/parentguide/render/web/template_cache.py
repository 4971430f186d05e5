"""Templates compiled once in a process: Jinja takes longer to compile one than to fill it in."""

from collections import OrderedDict
from threading import Lock

from jinja2.bccache import Bucket, BytecodeCache

_MOST = 200  # compiled templates; the project has some twenty


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in memory, each for exactly the text it was compiled from.

    Jinja's key names the template and its file, and its checksum the text, so a changed
    template is compiled anew. Shared by environments with the same settings, in any thread.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = Lock()

    def load_bytecode(self, bucket: Bucket) -> None:
        with self._lock:
            compiled = self._kept.get((bucket.key, bucket.checksum))
        if compiled is not None:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        compiled = bucket.bytecode_to_string()
        with self._lock:
            self._kept[bucket.key, bucket.checksum] = compiled
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
