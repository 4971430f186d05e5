"""A cache of compiled templates: Jinja takes longer to compile a template than to render it.

Decision: docs/decisions/0020-caches-by-content.md.
"""

from collections import OrderedDict
from threading import Lock

from jinja2.bccache import Bucket, BytecodeCache


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in memory, each for exactly the text it was compiled from.

    Jinja's key identifies the template and its file, and its checksum the text, so a changed
    template is compiled again. ``most`` is the number of templates to keep (the project has about
    twenty); the oldest are dropped first. Environments with the same settings share a cache, in any
    thread.
    """

    def __init__(self, most: int = 200) -> None:
        self._most = most
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
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
