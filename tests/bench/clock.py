"""Time and memory."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("parentguide"))


def seconds(job: Callable[[], object], rounds: int = 1) -> float:
    """The shortest of some runs."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def run(*words: object) -> str:
    """The output of a program. Its cache is empty, so that each build is a first build."""
    with tempfile.TemporaryDirectory() as cache:
        done = subprocess.run(
            [str(word) for word in words],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "XDG_CACHE_HOME": cache},
        )
    return done.stdout


def peak(*words: object) -> int:
    """The most memory that a program takes, in megabytes."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    return int(run(sys.executable, "-c", script, *words).split()[-1])


def megabytes() -> int:
    """Resident memory of this process (Linux); 0 elsewhere."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else 0
