"""An answer to a question of a room, asked for line by line."""

from __future__ import annotations

from tutor.cli.plain_kinds import asks
from tutor.kinds import FormatError, blind, parse
from tutor.live.wire import Asked, Vote, Welcome, Yours
from tutor.session.room.events import Sure
from tutor.session.room.saying import SURE_WORDS
from tutor.text.message import Message, msg
from tutor.text.safe import UnsafeText, clean
from tutor.text.words import Words

LONGEST_REASON = 400
LONGEST_TEXT = 4000
_ALL_IN_ONE = ";"  # between the parts of an answer that are all typed in one line
_SURE: dict[str, Sure] = {"1": 1, "2": 2, "3": 3}
_USUAL: Sure = 2


class PlainVote:
    """What one player types while a vote is open.

    Args:
        asked: the question.
        welcome: how the room plays.

    Attributes:
        before: the answer that the server has of the player, in this vote or in the first.
    """

    def __init__(self, asked: Asked, welcome: Welcome) -> None:
        self.asked = asked
        self.before: Yours | None = None
        self._welcome = welcome
        self._posed = blind(asked.face)
        self._asks = asks(self._posed)
        self._begin()

    def _begin(self) -> None:
        self._typed: list[str] = []
        self._text: str | None = None
        self._sure: Sure | None = None
        self._asks_reason = False

    @property
    def prompt(self) -> Message:
        """What is to be typed next."""
        if self._text is None:
            return self._asks[len(self._typed)]
        if not self._asks_reason:
            return msg(
                "How sure are you? 1 {guess}, 2 {fairly}, 3 {certain}; Enter for {usual}: ",
                guess=SURE_WORDS[1],
                fairly=SURE_WORDS[2],
                certain=SURE_WORDS[3],
                usual=self._usual,
            )
        if self._usual_reason:
            return msg("Why? A line, or Enter for “{reason}”: ", reason=self._usual_reason)
        return msg("Why? A line, or Enter for none: ")

    @property
    def is_unsent(self) -> bool:
        """Whether an answer is complete, and something is asked beside it still."""
        return self._text is not None

    @property
    def _usual(self) -> Sure:
        return (self.before and self.before.sure) or _USUAL

    @property
    def _usual_reason(self) -> str:
        """The reason that was given for the same answer."""
        known = self.before
        return known.reason if known is not None and known.text == self._text else ""

    def take(self, line: str) -> Vote | Words | None:
        """Take a line; return the vote that is complete with it, or what is to be said.

        An empty line keeps the answer that the server has: in the second vote, as the answer
        once more.
        """
        try:
            line = clean(line)
        except UnsafeText:
            return msg("There is a character in it that cannot be shown safely; type it again.")
        if self._text is None:
            return self._take_answer(line)
        if not self._asks_reason:
            return self._take_sure(line.strip())
        if len(line) > LONGEST_REASON:
            return msg("A reason has at most {n} characters.", n=LONGEST_REASON)
        return self._vote(line.strip() or self._usual_reason)

    def rush(self) -> Vote | None:
        """Return what there is of an answer when time is almost up; what was not said is a guess.

        None if there is no whole answer.
        """
        if self._text is None:
            return None
        if self._welcome.confidence and self._sure is None:
            self._sure = 1
        return self._vote(self._usual_reason)

    def _take_answer(self, line: str) -> Vote | Words | None:
        if not line.strip() and not self._typed and self.before is not None:
            if self.before.ballot == self.asked.ballot:
                return msg("Your answer stays as it is.")
            self._text = self.before.text
            return self._beside()
        self._typed.append(line)
        text = "\n".join(self._typed)
        if len(text) > LONGEST_TEXT:
            self._begin()
            return msg("An answer has at most {n:,} characters.", n=LONGEST_TEXT)
        read = parse(self._posed, text)
        if isinstance(read, FormatError):
            if len(self._typed) < len(self._asks) and _ALL_IN_ONE not in line:
                return None
            self._begin()
            return read.message
        self._text = text
        return self._beside()

    def _take_sure(self, line: str) -> Vote | Words | None:
        if line and line not in _SURE:
            return msg("Type 1, 2 or 3, or Enter.")
        self._sure = _SURE[line] if line else self._usual
        self._asks_reason = True
        return None if self._welcome.reasons else self._vote("")

    def _beside(self) -> Vote | None:
        """Go on to what is asked beside the answer."""
        if self._welcome.confidence:
            return None
        self._asks_reason = True
        return None if self._welcome.reasons else self._vote("")

    def _vote(self, reason: str) -> Vote:
        vote = Vote(
            round=self.asked.round,
            ballot=self.asked.ballot,
            text=self._text or "",
            sure=self._sure,
            reason=reason,
        )
        self._begin()
        return vote
