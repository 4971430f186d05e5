"""Reports that another program has saved a file, so that a preview shows the new state."""

import asyncio
import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from parentguide.studio.services.workspace import Workspace

_INTERVAL = 0.25  # seconds between two looks at the files
# Every answer comes within this time, so that a closing Studio does not wait for long.
_LONGEST_WAIT = 2.0  # seconds


def route(workspace: Workspace) -> Route:
    """Answers when the stamp is not ``since`` any more, or after :data:`_LONGEST_WAIT` seconds."""

    async def endpoint(request: Request) -> Response:
        since = request.query_params.get("since", "")
        deadline = time.monotonic() + _LONGEST_WAIT
        while True:
            stamp = await run_in_threadpool(workspace.stamp)
            if stamp != since or time.monotonic() > deadline:
                return JSONResponse({"stamp": stamp})
            await asyncio.sleep(_INTERVAL)

    return Route("/changed", endpoint, methods=["GET"])
