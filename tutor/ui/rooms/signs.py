"""What the numbers and letters of an answer stand for, where it is too long to be said in words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.content import Content

from tutor.kinds import blind
from tutor.kinds.ballots import is_by_signs
from tutor.kinds.face import Face, MatchFace, OrderFace
from tutor.kinds.match import LETTERS
from tutor.text.localized import Localized
from tutor.ui.voice import Voice
from tutor.ui.widgets.lines import Lines
from tutor.ui.widgets.typeset import MUTED, hanging, typeset


class SignsView(Lines):
    """Shows what the signs of a card stand for."""

    def show(self, face: Face, voice: Voice) -> None:
        """Show the signs, if answers are said by them."""
        has_any = isinstance(face, OrderFace | MatchFace) and is_by_signs(blind(face))
        self.set_lines(partial(sign_lines, face, voice) if has_any else None)

    def hide(self) -> None:
        """Show nothing."""
        self.set_lines(None)


def sign_lines(face: Face, voice: Voice, width: int) -> list[Content]:
    """Return what the signs of a card stand for, in lines of at most `width` cells."""
    match face:
        case OrderFace(steps=steps):
            return _listed(_numbers(len(steps)), steps, voice, width)
        case MatchFace(lefts=lefts, rights=rights):
            lines = _listed(_numbers(len(lefts)), lefts, voice, width)
            return [*lines, Content(), *_listed(LETTERS, rights, voice, width)]
        case _:
            return []


def _numbers(count: int) -> Iterable[str]:
    return map(str, range(1, count + 1))


def _listed(
    signs: Iterable[str], texts: Iterable[Localized], voice: Voice, width: int
) -> list[Content]:
    lines: list[Content] = []
    for sign, text in zip(signs, texts, strict=False):  # there are more letters than texts
        mark = Content.styled(f"  {sign}  ", MUTED)
        lines += hanging(mark, typeset(voice.document(text), width - mark.cell_length))
    return lines
