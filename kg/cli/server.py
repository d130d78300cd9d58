"""How a command starts the service."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import console

if TYPE_CHECKING:
    from socket import socket

_GRACE_S = 20
"""How long answers under way may take once the service was told to stop."""


def run_service(
    home: Path | None,
    store: str | None,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    **given: bool | None,
) -> None:
    """Serve the workspace until the process is told to stop.

    What is *given* as ``None`` is left to the environment. The service is named, not imported: `api` may know `kg`, never the other way round.
    """
    import uvicorn

    from kg import settings as settings_

    chosen = settings_.load(home=home, store=store, **given)
    os.environ.update(settings_.environment(chosen))
    config = uvicorn.Config(
        "api.app:app_from_environment",
        factory=True,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # or each request makes a line that nobody sees
        timeout_graceful_shutdown=_GRACE_S,
        proxy_headers=False,  # uvicorn's own trust whoever is on this machine; see trusted_proxies
    )

    class Server(uvicorn.Server):
        """Tells its address once there is something at it."""

        async def startup(self, sockets: "list[socket] | None" = None) -> None:
            await super().startup(sockets)
            if self.started:
                console.err.print(f"http://{host}:{port}/  （Ctrl+C 结束 ends）", highlight=False)

    server = Server(config)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(1)
