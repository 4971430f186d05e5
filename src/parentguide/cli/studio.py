"""``parentguide studio``: all the work in a browser."""

from pathlib import Path

import click

from parentguide.cli.common import project_option
from parentguide.cli.terminal import echo
from parentguide.errors import ProjectError


@click.command()
@click.option(
    "--workspace",
    "-w",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder for your school's details, the guides and your changes. Default: this folder.",
)
@click.option("--port", type=click.IntRange(1, 65535), help="Port. Default: 8642, or any free port.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser; only print the address.")
@click.option("--stay-open", is_flag=True, help="Do not close ten minutes after the last page is closed.")
@click.option("--watch", is_flag=True, help="Refresh previews when a guide, template or catalog is saved.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at. Any other than the default needs --behind-proxy.",
)
@click.option(
    "--behind-proxy",
    "public_address",
    default="",
    metavar="ADDRESS",
    help="Serve several people through a reverse proxy that signs them in; ADDRESS is the address they open,"
    " such as https://guides.example.org (see docs/studio.md).",
)
@click.option(
    "--login-header",
    default="X-Remote-User",
    show_default=True,
    help="With --behind-proxy: the header in which the proxy gives the signed-in user.",
)
@click.option(
    "--trusted-proxy",
    "proxies",
    multiple=True,
    metavar="IP",
    help="With --behind-proxy: the proxy's own address; may be repeated. Default: this computer.",
)
@project_option
def studio(
    workspace: Path,
    port: int | None,
    no_browser: bool,
    stay_open: bool,
    watch: bool,
    host: str,
    public_address: str,
    login_header: str,
    proxies: tuple[str, ...],
    project_root: Path | None,
) -> None:
    """Open Studio: make, check and write guides in your browser.

    Only this computer can reach it. Nothing is sent to the internet. If Studio runs already for this
    folder, it opens again in your browser.
    """
    from parentguide.studio.server import serve
    from parentguide.studio.settings import LOOPBACK, Settings, checked_public_address, signing_key

    if not public_address and host not in (LOOPBACK, "localhost", "::1"):
        raise ProjectError(
            f"Studio has no login of its own, so it does not listen at {host} without a proxy",
            remedy="Leave --host out, or use a reverse proxy with a login (--behind-proxy).",
        )
    settings = Settings(
        workspace=workspace,
        port=port or 0,
        key=signing_key(),
        project_root=project_root,
        host=LOOPBACK if host == "localhost" else host,
        public_address=checked_public_address(public_address) if public_address else "",
        login_header=login_header if public_address else "",
        proxies=proxies or (LOOPBACK, "::1"),
        watch=watch,
        stay_open=stay_open,
    )
    serve(settings, echo, open_browser=not (no_browser or public_address))
