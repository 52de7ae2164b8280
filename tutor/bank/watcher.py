"""Question files that are looked at again whenever they were saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tutor.bank.changes import Stamp, Watch, stamp
from tutor.bank.lab_links import OpenLab
from tutor.bank.locate import locate
from tutor.bank.look import Look, look

QUICK = 20  # seeds checked at once, so that a save is answered at once; the others follow


class Watcher:
    """Looks at files; it belongs to one thread at a time.

    Args:
        paths: files and folders; all that is taught and the learner's own, if empty.
        content: the folder to teach from, None to find it.
        own: the learner's own folder; it need not exist yet.
        seeds: how many seeds to prove each question with.
        open_lab: sets the controls of a lab.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        content: Path | None,
        own: Path,
        seeds: int,
        open_lab: OpenLab | None,
    ) -> None:
        self.paths = tuple(paths)
        self._content, self._own = content, own
        self._open_lab = open_lab
        self._watch: Watch | None = None
        self._last: Look | None = None
        self.seeds = seeds

    @property
    def quick(self) -> int:
        """How many seeds the first answer is from."""
        return min(QUICK, self.seeds)

    def look(self, seeds: int | None = None) -> Look | None:
        """Return what there is to see, None if nothing was saved since the last time.

        Args:
            seeds: how many to pose each question with; `quick`, if None.

        Raises:
            TutorError: the content cannot be found.
        """
        if self._watch is None:
            self._watch = Watch.since(self._stamp())
        else:
            self._watch, changed = self._watch.look(self._stamp())
            if not changed:
                return None
        self._last = self._look(self.quick if seeds is None else seeds, self._last)
        return self._last

    def prove(self, known: Look) -> Look:
        """Return a look with all seeds; it may be in another thread.

        Raises:
            TutorError: the content cannot be found.
        """
        return self._look(self.seeds, known)

    def _look(self, seeds: int, before: Look | None) -> Look:
        around = locate(self._content, self._own)
        return look(self.paths, around, range(seeds), self._open_lab, before)

    def _stamp(self) -> Stamp:
        around = () if self.paths else (*locate(self._content, self._own), self._own)
        return stamp(dict.fromkeys((*self.paths, *around)))
