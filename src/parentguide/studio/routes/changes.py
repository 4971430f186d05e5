"""Tells a preview that a file was saved by another program, so that it shows the new state."""

import asyncio
import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from parentguide.studio.services.workspace import Workspace

_EVERY = 0.04  # seconds between two looks at the files
# An answer comes after this time at the latest, so that a closing Studio waits for nobody.
_LONGEST = 2.0


def route(workspace: Workspace) -> Route:
    """Answers when the files are other than ``since`` says, or after :data:`_LONGEST` seconds."""

    async def endpoint(request: Request) -> Response:
        since, until = request.query_params.get("since", ""), time.monotonic() + _LONGEST
        while True:
            stamp = await run_in_threadpool(workspace.stamp)
            if stamp != since or time.monotonic() > until:
                return JSONResponse({"stamp": stamp})
            await asyncio.sleep(_EVERY)

    return Route("/changed", endpoint, methods=["GET"])
