"""Left sides, each to be given the letter of its right side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.widget import Widget

from tutor.kinds.match import LETTERS, PosedMatch
from tutor.text.keystrokes import keystrokes
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.width import cells
from tutor.ui.answers.base import AnswerWidget
from tutor.ui.answers.rows import Rows
from tutor.ui.keys import Key, bindings
from tutor.ui.voice import Voice
from tutor.ui.widgets.typeset import MUTED, TEXT_WIDTH, hanging, padded, typeset

_LEFT_MARK = 9  # cells of `▸ 1 [b]  `
_RIGHT_MARK = 3  # cells of `a  `
_GAP = 4  # between the columns


class Pairs(Rows):
    """The left sides with the letters chosen for them, and the right sides.

    A letter is given to the left side at the cursor, which goes on to the next that is open; a
    letter that another one has is taken from it. Arrows choose without letters.
    """

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enter", "check", msg("check"), footer=True),
        *(Key(letter, f"give('{letter}')", msg("choose"), shown="a–p") for letter in LETTERS),
        Key("backspace", "clear", msg("take back"), footer=True, shown="Bksp"),
        Key("right,space", "turn(1)", msg("next letter"), shown="→"),
        Key("left", "turn(-1)", msg("letter before"), shown="←"),
        Key("up", "step(-1)", msg("up"), shown="↑"),
        Key("down", "step(1)", msg("down"), shown="↓"),
        *(
            Key(str(digit), f"go({digit})", msg("go to its row"), shown="1–8")
            for digit in range(1, 9)
        ),
    )
    BINDINGS = bindings(KEYS)

    def __init__(self) -> None:
        super().__init__()
        self._lefts: tuple[Localized, ...] = ()
        self._rights: tuple[Localized, ...] = ()
        self._given: list[int | None] = []
        self._cursor = 0
        self._right_places: list[range] = []  # the lines of each right side
        self._right_column = 0  # where they begin

    def ask(self, posed: PosedMatch, voice: Voice) -> None:
        """Show new sides, all of them open."""
        self._lefts, self._rights = posed.lefts, posed.rights
        self._given, self._cursor = [None] * len(posed.lefts), 0
        self.paint(voice)

    def draw(self, voice: Voice, width: int) -> list[Content]:
        """Return both sides, beside each other where they fit, and what to do."""
        left_width, right_width = (
            max(cells(voice.text(side)) for side in sides) for sides in (self._lefts, self._rights)
        )
        left_width += _LEFT_MARK
        if left_width + _GAP + _RIGHT_MARK + right_width <= width:
            self._right_column = left_width + _GAP
            lines = self._columns(voice, left_width)
        else:
            self._right_column = 0
            lines = [*self._left_lines(voice, width), Content()]
            rights = self._right_lines(voice, width - 2, len(lines))
            lines += [Content("  ") + line for line in rights]
        if None in self._given:
            do = msg("Type the letter that belongs to {number}.", number=self._cursor + 1)
        else:
            do = msg("Enter checks; a letter changes the row at the cursor.")
        return [*lines, Content(), voice.say(do, MUTED)]

    def _columns(self, voice: Voice, left_width: int) -> list[Content]:
        lefts = self._left_lines(voice, left_width)
        rights = self._right_lines(voice, TEXT_WIDTH, 0)
        height = max(len(lefts), len(rights))
        lefts += [Content()] * (height - len(lefts))
        rights += [Content()] * (height - len(rights))
        return [
            padded(left, left_width + _GAP) + right
            for left, right in zip(lefts, rights, strict=True)
        ]

    def _left_lines(self, voice: Voice, width: int) -> list[Content]:
        lines: list[Content] = []
        for index, (words, given) in enumerate(zip(self._lefts, self._given, strict=True)):
            letter = " " if given is None else LETTERS[given]
            lines += self.row(
                voice,
                width,
                at=len(lines),
                mark=f"{index + 1} [{letter}]  ",
                words=words,
                chosen=index == self._cursor,
            )
        return lines

    def _right_lines(self, voice: Voice, width: int, at: int) -> list[Content]:
        """Return the right sides, those in use muted, and note their places from a line on."""
        lines: list[Content] = []
        self._right_places = []
        for index, words in enumerate(self._rights):
            style = MUTED if index in self._given else ""
            text = typeset(voice.document(words), width - _RIGHT_MARK, style)
            mark = Content.styled(f"{LETTERS[index]}  ", style)
            self._right_places.append(range(at + len(lines), at + len(lines) + len(text)))
            lines += hanging(mark, text)
        return lines

    def click(self, column: int, line: int) -> None:
        """Give the row at the cursor the right side that was clicked, or go to another row."""
        for index, lines in enumerate(self._right_places):
            if line in lines and column >= self._right_column:
                self.action_give(LETTERS[index])
                return
        super().click(column, line)

    def clicked(self, index: int) -> None:
        """Put the cursor on the clicked row."""
        self._cursor = index
        self.changed()

    def on_key(self, event: events.Key) -> None:
        """Take capitals, and letters that a Hangul input method has joined, as their keys."""
        char = event.character or ""
        letters = keystrokes(char).lower()
        if char.isalpha() and (len(letters) > 1 or char != char.lower()):
            event.stop()
            for letter in letters:
                self.action_give(letter)

    def action_give(self, letter: str) -> None:
        """Give the left side at the cursor a letter; go on to the next that is open."""
        if not letter or letter not in LETTERS[: len(self._rights)]:
            return
        self._give(LETTERS.index(letter))
        count = len(self._given)
        after = [(self._cursor + step) % count for step in range(1, count)]
        self._cursor = next((row for row in after if self._given[row] is None), self._cursor)
        self.changed()

    def _give(self, right: int) -> None:
        self._given = [None if given == right else given for given in self._given]
        self._given[self._cursor] = right

    def action_turn(self, step: int) -> None:
        """Give the left side at the cursor the next letter that is free."""
        count = len(self._rights)
        now = self._given[self._cursor]
        at = now if now is not None else (-1 if step > 0 else count)
        free = [(at + step * k) % count for k in range(1, count + 1)]
        self._give(next(right for right in free if right == now or right not in self._given))
        self.changed()

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(len(self._lefts) - 1, self._cursor + step))
        self.changed()

    def action_go(self, number: int) -> None:
        """Move the cursor to a left side by its number."""
        if number <= len(self._lefts):
            self._cursor = number - 1
            self.changed()

    def action_clear(self) -> None:
        """Take the letter at the cursor back; where there is none, that of the row before."""
        if self._given[self._cursor] is None and self._cursor:
            self._cursor -= 1
        self._given[self._cursor] = None
        self.changed()

    def action_check(self) -> None:
        """Answer with the letters given; the cursor goes to what is still open."""
        text = " ".join(
            f"{number}{LETTERS[given]}"
            for number, given in enumerate(self._given, 1)
            if given is not None
        )
        if None in self._given:
            self._cursor = self._given.index(None)
            self.changed()
        self.post_message(AnswerWidget.Answered(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer as many letters and digits as there are sides."""
        match action:
            case "give":
                return str(parameters[0]) in LETTERS[: len(self._rights)]
            case "go":
                return int(str(parameters[0])) <= len(self._lefts)
            case _:
                return super().check_action(action, parameters)


class MatchAnswer(AnswerWidget[PosedMatch]):
    """Left sides, each to be given the letter of its right side."""

    def compose(self) -> Iterable[Widget]:
        """Lay out the sides."""
        yield Pairs()

    def ask(self, posed: PosedMatch, voice: Voice) -> None:
        """Take up a new card."""
        self.query_one(Pairs).ask(posed, voice)

    def paint(self, voice: Voice) -> None:
        """Speak another language."""
        self.query_one(Pairs).paint(voice)

    def entry(self) -> Widget:
        """Return the sides."""
        return self.query_one(Pairs)
