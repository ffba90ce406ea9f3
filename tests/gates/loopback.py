"""A web server on this machine that serves a folder as a static host does: with the folder's `_headers`."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

Rules = list[tuple[re.Pattern[str], list[tuple[str, str]]]]


class _Handler(SimpleHTTPRequestHandler):
    """Sends the headers whose rule matches the path."""

    rules: Rules = []  # noqa: RUF012 set by the one who serves

    def end_headers(self) -> None:
        for pattern, headers in self.rules:
            if pattern.fullmatch(self.path):
                for name, value in headers:
                    self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 the name is the library's
        """Say nothing."""


def rules_of(text: str) -> Rules:
    """Read a `_headers` file: a path, where `*` stands for anything, then indented headers."""
    rules: Rules = []
    for line in filter(None, text.splitlines()):
        if line.startswith("/"):
            rules.append((re.compile(re.escape(line).replace(r"\*", ".*")), []))
        else:
            name, value = line.strip().split(": ", 1)
            rules[-1][1].append((name, value))
    return rules


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as long as the block lasts; gives its address, which ends in `/`."""
    file = folder / "_headers"
    rules = rules_of(file.read_text("utf-8")) if file.exists() else []
    handler = type("Handler", (_Handler,), {"rules": rules})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()
