"""Runs the `mingzhang` command with every way out of this machine closed; what it tried all the same goes into a file.

    python tests/browser/closed.py TRIED.txt serve --port 0
"""

import sys
from pathlib import Path

LOCAL = ("127.0.0.1", "::1", "localhost", "", None)


def close(tried: Path) -> None:
    """For good: an audit hook cannot be taken off, and sees every thread from the first import on."""

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            address = args[1]
            host = address[0] if isinstance(address, tuple) else ""  # else a Unix socket
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = args[0]
        else:
            return
        host = host.decode() if isinstance(host, bytes) else host
        if host not in LOCAL:
            with tried.open("a", encoding="utf-8") as file:
                file.write(f"{event} {host}\n")
            raise OSError("closed by the test")

    sys.addaudithook(hook)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    close(Path(sys.argv.pop(1)))
    from ui.cli import main

    main()
