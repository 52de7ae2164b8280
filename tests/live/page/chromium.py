"""A small driver for Debian's Chromium over its DevTools protocol."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from websockets.sync.client import ClientConnection, connect

PROGRAM = "/usr/bin/chromium"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--remote-debugging-port=0", "--lang=en",
)  # fmt: skip
PATIENCE = 10  # seconds until a wait in the page or an answer of the browser fails
_KEYS = {
    "Enter": (13, "\r"), "Tab": (9, ""), "Backspace": (8, ""), " ": (32, " "),
    "ArrowUp": (38, ""), "ArrowDown": (40, ""), "ArrowLeft": (37, ""), "ArrowRight": (39, ""),
}  # fmt: skip
_SHIFT = 8

# What the page's policy refused, seen from the start of every document
_WATCH = """
window.refusedByPolicy = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refusedByPolicy.push(event.violatedDirective + " " + event.blockedURI));
"""
_WAIT = """
(async () => {
  const holds = () => { try { return Boolean(%s); } catch { return false; } };
  if (holds()) return true;
  return await new Promise((resolve) => {
    const end = (result) => {
      seen.disconnect();
      clearTimeout(timer);
      for (const name of ["focusin", "input", "change"]) document.removeEventListener(name, look);
      resolve(result);
    };
    const look = () => { if (holds()) end(true); };
    const seen = new MutationObserver(look);
    const timer = setTimeout(() => end(false), %d);
    for (const name of ["focusin", "input", "change"]) document.addEventListener(name, look);
    seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
})()
"""


class Chromium:
    """A browser without a window; each tab has storage of its own."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire = wire
        self._sent = 0
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Send a command, and return its result; what happens meanwhile is kept in `events`."""
        self._sent += 1
        command = {"id": self._sent, "method": method, "params": params}
        self._wire.send(json.dumps(command | ({"sessionId": session} if session else {})))
        while True:
            message = json.loads(self._wire.recv(timeout=2 * PATIENCE))
            if message.get("id") != self._sent:
                self.events.append(message)
            elif "error" in message:
                raise AssertionError(f"{method}: {message['error']['message']}")
            else:
                result: dict[str, Any] = message["result"]
                return result

    def end(self) -> None:
        """Close the browser, which may be gone before it answers."""
        self._wire.send(json.dumps({"id": 0, "method": "Browser.close"}))

    def tab(self, *, width: int = 360, height: int = 740, dark: bool = False) -> Tab:
        """Open a tab with a profile of its own, as a phone or a laptop shows it.

        It stays until the browser ends.
        """
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        tab = Tab(self, attached["sessionId"])
        for domain in ("Page", "Runtime", "Log"):
            tab.call(f"{domain}.enable")
        tab.before_pages(_WATCH)
        tab.size(width, height)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        tab.call("Emulation.setEmulatedMedia", features=[scheme])
        tab.call("Emulation.setFocusEmulationEnabled", enabled=True)
        return tab


class Tab:
    """A page in the browser, driven as its user drives it."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self._browser = browser
        self._session = session

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command to this tab."""
        return self._browser.call(method, self._session, **params)

    def before_pages(self, script: str) -> str:
        """Run a script before those of each page from now on; return what `forget` takes."""
        added = self.call("Page.addScriptToEvaluateOnNewDocument", source=script)
        return str(added["identifier"])

    def forget(self, script: str) -> None:
        """Run a script no more."""
        self.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)

    def size(self, width: int, height: int) -> None:
        """Show the page as large as this."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip

    def open(self, url: str) -> None:
        """Go to an address, and wait for the page's first words."""
        self.call("Page.navigate", url=url)
        self.wait("document.querySelector('#title') && location.href !== 'about:blank'")

    def leave(self) -> None:
        """Close the page, and forget what it did."""
        self.call("Page.navigate", url="about:blank")
        self._browser.events.clear()

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression, awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until a condition holds; the page itself says when something has changed."""
        for _ in range(3):
            try:
                if self.evaluate(_WAIT % (condition, PATIENCE * 1000)):
                    return
                break
            except AssertionError as error:  # the page went to another address meanwhile
                if "Promise was collected" not in str(error) and "navigated" not in str(error):
                    raise
        raise AssertionError(f"{condition} never held; the page says:\n{self.text()}")

    def wait_for(self, text: str) -> None:
        """Wait until the page says something."""
        self.wait(f"document.body.innerText.includes({json.dumps(text)})")

    def text(self) -> str:
        """Return what the page says, as it is seen."""
        return str(self.evaluate("document.body.innerText"))

    def click(self, selector: str) -> None:
        """Click on the middle of an element, once it is there."""
        found = json.dumps(selector)
        self.wait(f"document.querySelector({found})")
        x, y = self.evaluate(
            f"(() => {{ const e = document.querySelector({found});"
            "e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
            "return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )  # fmt: skip

    def press(self, *keys: str, shift: bool = False) -> None:
        """Press keys one after the other."""
        for key in keys:
            number, text = _KEYS.get(key, (0, key))
            common = {
                "key": key,
                "modifiers": _SHIFT if shift else 0,
                "windowsVirtualKeyCode": number,
            }
            if text:
                self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
            else:
                self.call("Input.dispatchKeyEvent", type="rawKeyDown", **common)
            self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text: str) -> None:
        """Type a text key by key."""
        self.press(*text)

    def focused(self) -> str:
        """Return the id of the element that has the focus."""
        return str(self.evaluate("document.activeElement.id"))

    def picture(self, path: Path) -> None:
        """Save what is seen, down to the end of the page."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def trouble(self) -> list[str]:
        """Return what the policy refused and what went wrong in the page's script."""
        said = list(self.evaluate("window.refusedByPolicy"))
        for event in self._browser.events:
            if event.get("sessionId") != self._session:
                continue
            if event["method"] == "Runtime.exceptionThrown":
                said.append(json.dumps(event["params"]["exceptionDetails"]))
            elif event["method"] == "Log.entryAdded":
                entry = event["params"]["entry"]
                # that a connection was lost is logged too, and no trouble
                if entry["level"] == "error" and "WebSocket" not in entry["text"]:
                    said.append(f"{entry['text']} {entry.get('url', '')}")
        return said


@contextmanager
def chromium() -> Iterator[Chromium]:
    """Start a browser with a new profile, and end it."""
    profile = tempfile.mkdtemp(prefix="tutor-chromium-")
    process = subprocess.Popen(
        [PROGRAM, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    drain = None
    try:
        address = next(
            line.split("listening on ")[1].strip()
            for line in process.stderr
            if "DevTools listening on " in line
        )
        drain = threading.Thread(target=_drain, args=(process.stderr,))
        drain.start()
        with connect(address, max_size=None, compression=None, proxy=None) as wire:
            browser = Chromium(wire)
            yield browser
            browser.end()
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if drain is not None:
            drain.join()
        process.stderr.close()
        shutil.rmtree(profile, ignore_errors=True)


def _drain(stream: IO[str]) -> None:
    for _ in stream:
        pass
