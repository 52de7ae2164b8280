"""What has changed in question files, seen without reading them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

SUFFIXES = frozenset({".yaml", ".yml"})


class FileStamp(NamedTuple):
    """What a file system says of a file; it differs once the file was saved again.

    Attributes:
        modified: nanoseconds since 1970.
        size: in bytes.
        inode: another one where an editor saves into a new file and renames it.
        mode: with the rights, so that a file that may be read at last counts as changed.
    """

    modified: int
    size: int
    inode: int
    mode: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """The question files under some roots at one moment.

    Attributes:
        files: by path; a file or a folder that is not there, or closed, is not among them.
    """

    files: Mapping[Path, FileStamp]

    def changed_since(self, earlier: Stamp) -> tuple[Path, ...]:
        """Return the files that were saved, added or removed since, in order."""
        paths = self.files.keys() | earlier.files.keys()
        return tuple(sorted(p for p in paths if self.files.get(p) != earlier.files.get(p)))


@dataclass(frozen=True, slots=True)
class Watch:
    """Tells from one look to the next what has been saved and is whole by now.

    Attributes:
        read: the files as they were when they were read last.
        seen: the files at the look before.
    """

    read: Stamp
    seen: Stamp

    @classmethod
    def since(cls, read: Stamp) -> Watch:
        """Begin with files that are read now; take their stamp before reading them."""
        return cls(read, read)

    def look(self, now: Stamp) -> tuple[Watch, tuple[Path, ...]]:
        """Return the watch after a look, and what to read again.

        Files that differ from the look before may be half saved: they wait for the next look,
        and everything that has changed is named together once nothing moves any more.
        """
        changed = now.changed_since(self.read)
        if not changed or now.changed_since(self.seen):
            return replace(self, seen=now), ()
        return Watch(now, now), changed


def stamp(roots: Iterable[Path]) -> Stamp:
    """Look at the question files under folders, and at files; nothing is opened.

    Args:
        roots: as for loading; one that does not exist counts once it does.
    """
    files: dict[Path, FileStamp] = {}
    for root in roots:
        for path in (root, *question_files(root)):
            try:
                status = path.stat()
            except (OSError, ValueError):
                continue  # gone, closed, or a link in a loop
            if not S_ISDIR(status.st_mode):
                files[path] = FileStamp(
                    status.st_mtime_ns, status.st_size, status.st_ino, status.st_mode
                )
    return Stamp(files)


def question_files(
    folder: Path, closed: Callable[[OSError], object] | None = None
) -> tuple[Path, ...]:
    """Return the question files under a folder, in order; names that begin with a dot are not.

    A link without a target and a pipe are among them: reading them says what they are.

    Args:
        folder: where to begin; of a file, nothing is returned.
        closed: called with the error of each folder that cannot be listed.
    """
    files: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [
            Path(place, name)
            for name in names
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES
        ]
    return tuple(sorted(files))
