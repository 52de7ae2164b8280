"""A process with the program imported, that forks a copy of itself for each command line.

Started by `tests.program`, with the number of its end of a socket and a folder, which it fills
with the cache of the question files. A request is a line of JSON
(arguments, environment, folder) with three open files: the standard streams of the copy. The
answer is its exit code. The copy differs from `python -m tutor` by what is imported already,
and by nothing that a command left behind: it runs one command and ends.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import signal
import socket
import struct
import sys
from importlib import import_module
from pathlib import Path


def import_program() -> None:
    """Import all that commands import, except the screens: no command here opens one."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as `main` does; what is forked has no threads
    import tutor

    packages = "bank", "cli", "engine", "kinds", "labs", "services", "store"
    for package in packages:
        for module in pkgutil.iter_modules([f"{tutor.__path__[0]}/{package}"]):
            import_module(f"tutor.{package}.{module.name}")


def read_content(folder: Path) -> None:
    """Read what is taught, which fills a cache and completes the models."""
    from tutor.bank.cache import Cache
    from tutor.bank.load import load
    from tutor.bank.locate import find_content
    from tutor.labs.registry import open_controls

    load([find_content()], open_controls, Cache(folder / "questions"))


def serve(channel: socket.socket) -> bool:
    """Fork a copy for each request. Returns True in a copy, and False when nobody asks any more."""
    while True:
        head, files, _, _ = socket.recv_fds(channel, 4, 3)
        if not head:
            return False
        (size,) = struct.unpack("!I", head)
        request = json.loads(channel.recv(size, socket.MSG_WAITALL))
        copy = os.fork()
        if copy == 0:
            channel.close()
            become(request, files)
            return True
        for file in files:
            os.close(file)
        _, status = os.waitpid(copy, 0)
        channel.sendall(struct.pack("!i", os.waitstatus_to_exitcode(status)))


def become(request: dict[str, object], files: list[int]) -> None:
    """Take over the command line, environment, folder and standard streams of a request."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request["environ"])  # type: ignore[call-overload]  # JSON of our own
    os.chdir(str(request["folder"]))
    sys.argv = ["tutor", *request["arguments"]]  # type: ignore[misc]  # JSON of our own
    modes = (
        ("stdin", "r", "surrogateescape"),
        ("stdout", "w", "surrogateescape"),
        ("stderr", "w", "backslashreplace"),
    )
    for number, (name, mode, errors) in enumerate(modes):
        stream = open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 - as Python opens them
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def main() -> None:
    """Serve; a copy goes on as the program."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for those who ask
    import_program()
    read_content(Path(sys.argv[2]))
    gc.collect()
    gc.freeze()  # copies leave these pages alone
    if serve(channel):
        from tutor.cli.main import main as run

        try:
            run()
        except SystemExit as end:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(int(str(end.code)))  # to take down every module would copy all their pages


if __name__ == "__main__":
    main()
