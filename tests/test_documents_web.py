"""Documents from the network: only when allowed, only from the web, and within limits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from summlib.documents import read, web
from summlib.errors import InputError, UnreadableDocument

PAGE = "<html><body><h1>Rat</h1><p>Der Rat hat für die Brücke gestimmt.</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A small web site on this machine."""

    requests: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.requests.append(self.path)
        answer = getattr(self, f"get_{self.path.strip('/').split('?')[0].replace('.', '_')}", None)
        if answer:
            answer()
        else:
            self.send_error(404, "Not Found")

    def get_page(self) -> None:
        self.answer(PAGE.encode("iso-8859-2"), "text/html; charset=iso-8859-2")

    def get_text_txt(self) -> None:
        self.answer(b"Der Rat tagt.", "application/octet-stream")

    def get_moved(self) -> None:
        self.redirect("/page")

    def get_away(self) -> None:
        self.redirect("file:///etc/passwd")

    def get_ftp(self) -> None:
        self.redirect("ftp://127.0.0.1/a.txt")

    def get_around(self) -> None:
        self.redirect("/around")

    def get_large(self) -> None:
        self.answer(b"a" * 5000, "text/plain")

    def get_short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"Der Rat")

    def get_silent(self) -> None:
        time.sleep(1.5)

    def get_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(30):
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.05)

    def answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(data)

    def redirect(self, place: str) -> None:
        self.send_response(302)
        self.send_header("Location", place)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class QuietServer(ThreadingHTTPServer):
    """A server that does not mind when a reader hangs up."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setenv("no_proxy", "*")
    Site.requests.clear()
    server = QuietServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_page_is_read_when_allowed(site: str) -> None:
    doc = read(f"{site}/page", allow_network=True)
    assert "Der Rat hat für die Brücke gestimmt." in doc.text
    assert doc.path == f"{site}/page"
    assert doc.meta["encoding"] == "iso-8859-2"


def test_text_is_read_whatever_the_server_calls_it(site: str) -> None:
    assert read(f"{site}/text.txt?x=1", allow_network=True).text == "Der Rat tagt."


def test_nothing_is_fetched_unless_allowed(site: str) -> None:
    with pytest.raises(InputError, match="allow_network=True"):
        read(f"{site}/page")
    assert Site.requests == []


def test_offline_forbids_it(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(InputError, match="HF_HUB_OFFLINE"):
        read(f"{site}/page", allow_network=True)
    assert Site.requests == []


def test_redirection_within_the_web_is_followed(site: str) -> None:
    assert "gestimmt" in read(f"{site}/moved", allow_network=True).text


@pytest.mark.parametrize(
    ("path", "match"),
    [
        ("/missing", "server says 404 Not Found"),
        ("/away", "not allowed"),
        ("/ftp", "leads off the web, to ftp://"),
        ("/around", "server says 302"),
        ("/short", "broke off after 7 bytes"),
    ],
)
def test_what_a_server_does_wrong(site: str, path: str, match: str) -> None:
    with pytest.raises(UnreadableDocument, match=match):
        read(f"{site}{path}", allow_network=True)


def test_limits(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_DOWNLOAD", 1000)
    with pytest.raises(UnreadableDocument, match="holds more than"):
        read(f"{site}/large", allow_network=True)
    monkeypatch.setattr(web, "MAX_DOWNLOAD_S", 0.2)
    with pytest.raises(UnreadableDocument, match="took more than"):
        read(f"{site}/drip", allow_network=True)
    monkeypatch.setattr(web, "TIMEOUT_S", 0.2)
    with pytest.raises(UnreadableDocument, match="timed out"):
        read(f"{site}/silent", allow_network=True)


@pytest.mark.parametrize("url", ["ftp://example.org/a.txt", "file:///etc/passwd", "data://x"])
def test_other_kinds_of_addresses(url: str) -> None:
    with pytest.raises(InputError, match=r"no http:// or https:// address"):
        read(url, allow_network=True)


@pytest.mark.parametrize(
    "url", ["http://", "http://[", "https://\x00", "http://a b/", "http://:x/"]
)
def test_addresses_that_are_none(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with pytest.raises(UnreadableDocument, match="cannot be"):
        read(url, allow_network=True)


def test_nobody_answers(site: str) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be fetched"):
        read("http://127.0.0.1:1/a", allow_network=True)
