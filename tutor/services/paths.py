"""Where the learner's things are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP = "recur-tutor"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the learner's things are, and where the content is taken from.

    Attributes:
        data: the learner's folder.
        content: a folder to teach from; None for the content that comes with the program.
        cache: where to keep what can be made anew; None to keep nothing.
    """

    data: Path
    content: Path | None = None
    cache: Path | None = None

    @property
    def database(self) -> Path:
        """The log of reviews."""
        return self.data / "tutor.db"

    @property
    def questions(self) -> Path:
        """The learner's own question files."""
        return self.data / "questions"

    @property
    def sessions(self) -> Path:
        """The notes of the sessions that were held on this machine."""
        return self.data / "sessions"

    @property
    def keys(self) -> Path:
        """The tokens with which the learner comes back into rooms."""
        return self.data / "rooms.json"

    @property
    def rooms(self) -> Path:
        """The files from which a room goes on after its host was killed."""
        return self.data / "rooms"


def find_paths(environ: Mapping[str, str], content: str | None) -> Paths:
    """Return the paths that the environment and the command line name.

    Args:
        environ: TUTOR_HOME puts everything into one folder; TUTOR_CONTENT names a content.
        content: the folder of `--content`; it comes before the environment's.
    """
    if home := environ.get("TUTOR_HOME"):
        data = Path(home).expanduser()
        cache = data / "cache"
    else:
        from platformdirs import user_cache_path, user_data_path

        data = user_data_path(APP, appauthor=False)
        cache = user_cache_path(APP, appauthor=False)
    chosen = content or environ.get("TUTOR_CONTENT")
    return Paths(data, Path(chosen).expanduser() if chosen else None, cache)
