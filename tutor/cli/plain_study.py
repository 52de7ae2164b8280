"""A study session in plain text, through the same machines as the screen."""

from __future__ import annotations

from typing import TextIO, assert_never

from tutor.cli.output import lines
from tutor.cli.worked import worked_lines
from tutor.grading.formula import Value
from tutor.grading.numbers import NumberProblem, parse_number
from tutor.kinds import Posed
from tutor.kinds.choice import PosedChoice
from tutor.kinds.cloze import SEPARATOR, PosedCloze
from tutor.kinds.flashcard import PosedFlashcard
from tutor.kinds.numeric import PosedNumeric
from tutor.memory.interval import interval_words
from tutor.memory.rating import Rating
from tutor.services import Services, StudyRun
from tutor.session.events import Leave, Rate, Resize, Skip, Submit
from tutor.session.study import Answered, Asking, Finished
from tutor.session.summary import Summary
from tutor.text.message import Message, msg, msgs
from tutor.text.words import Words

RATING_NAMES = {
    Rating.AGAIN: msg("Again"),
    Rating.HARD: msg("Hard"),
    Rating.GOOD: msg("Good"),
    Rating.EASY: msg("Easy"),
}


class EndOfInput(Exception):
    """Standard input has ended: the learner leaves."""


class PlainStudy:
    """A dialogue on text streams.

    Args:
        services: the program's world.
        run: the session.
        reader: where answers come from, a line each.
        writer: where cards and verdicts go.
    """

    def __init__(self, services: Services, run: StudyRun, reader: TextIO, writer: TextIO) -> None:
        self._services = services
        self._run = run
        self._reader = reader
        self._writer = writer
        self._speaker = services.speaker()
        self._shown: Posed | None = None

    def run_to_end(self) -> None:
        """Ask card after card until the session or the input ends."""
        if isinstance(self._run.state.phase, Finished):
            self._say(msg("Nothing is due, and there is nothing new today."))
            return
        try:
            while not isinstance(self._run.state.phase, Finished):
                self._turn()
        except EndOfInput:
            self._run.send(Leave(self._run.now()))
        phase = self._run.state.phase
        assert isinstance(phase, Finished)  # noqa: S101 - the loop ends no other way
        self._summary(phase.summary)

    def _turn(self) -> None:
        match self._run.state.phase:
            case Asking() as asking:
                self._ask(asking)
            case Answered() as answered:
                self._rate(answered)
            case Finished():
                pass
            case phase:
                assert_never(phase)

    def _ask(self, asking: Asking) -> None:
        if asking.posed is not self._shown:
            self._card(asking.posed)
        if asking.complaint is not None:
            self._say(asking.complaint)
        text = self._answer(asking.posed)
        at = self._run.now()
        match text.strip().split(maxsplit=1):
            case ["?"]:
                self._help(asking.posed)
            case [":skip"]:
                self._run.send(Skip(at))
            case [":quit"]:
                self._run.send(Leave(at))
            case [":sizes", *rest]:
                self._resize(rest[0] if rest else "")
            case _:
                self._run.send(Submit(text, at))

    def _card(self, posed: Posed) -> None:
        state = self._run.state
        self._shown = posed
        self._line()
        self._say(
            msg(
                "[{number} of {planned}] {topic}",
                number=state.settled + 1,
                planned=state.planned,
                topic=self._services.load_bank().topic_of(posed.question).title,
            )
        )
        self._line()
        self._say(posed.prompt)
        self._options(posed)

    def _answer(self, posed: Posed) -> str:
        """Read an answer; a cloze is asked gap by gap."""
        match posed:
            case PosedCloze() if len(posed.gaps) > 1:
                first = self._read(msg("({number}) ", number=1))
                if first.strip().startswith((":", "?")) or ";" in first:
                    return first
                rest = (
                    self._read(msg("({number}) ", number=number))
                    for number in range(2, len(posed.gaps) + 1)
                )
                return SEPARATOR.join([first, *rest])
            case PosedFlashcard():
                return self._read(msg("Enter turns the card: "))
            case PosedChoice():
                return self._read(msg("Your choice, 1 to {count}: ", count=len(posed.options)))
            case PosedNumeric() | PosedCloze():
                return self._read(msg("Your answer: "))
            case _:
                assert_never(posed)

    def _options(self, posed: Posed) -> None:
        if isinstance(posed, PosedChoice):
            for number, option in enumerate(posed.options, 1):
                self._say(option.text, first=f"  {number}. ", rest="     ")

    def _resize(self, text: str) -> None:
        sizes: dict[str, Value] = {}
        for assignment in text.replace(",", " ").split():
            name, _, number = assignment.partition("=")
            value = parse_number(number)
            if isinstance(value, NumberProblem):
                self._say(value.message)
                return
            sizes[name] = value
        self._run.send(Resize(sizes or None, self._run.now()))

    def _help(self, posed: Posed) -> None:
        self._say(msg("`:skip` leaves this card out, `:quit` ends the session; nothing is lost."))
        if posed.sizes:
            example = " ".join(f"{size.name}={size.value}" for size in posed.sizes)
            self._say(
                msg(
                    "`:sizes {example}` asks with your own sizes; `:sizes` alone draws new ones.",
                    example=example,
                )
            )

    def _rate(self, answered: Answered) -> None:
        if answered.serial is None or answered.verdict.score is None:
            self._line()
        self._verdict(answered)
        names = "  ".join(
            f"{rating.value} {self._plain(RATING_NAMES[rating])}"
            f" {self._plain(interval_words(memory.due - answered.at))}"
            for rating, memory in answered.outcomes.items()
            if memory.due is not None
        )
        self._line()
        while True:
            suggested = RATING_NAMES[answered.verdict.rating]
            self._raw(names)
            typed = self._read(msg("Enter for {rating}: ", rating=suggested)).strip()
            if typed in {"", "1", "2", "3", "4"}:
                break
            if typed == ":quit":
                self._run.send(Leave(self._run.now()))
                return
            self._say(msg("Type 1 to 4, or Enter."))
        self._run.send(Rate(Rating(int(typed)) if typed else None, self._run.now()))

    def _verdict(self, answered: Answered) -> None:
        verdict, posed = answered.verdict, answered.posed
        if verdict.score is not None:
            self._say(_headline(verdict.score))
        if verdict.understood is not None:
            self._say(msg("Understood as {answer}.", answer=verdict.understood))
        if verdict.diagnosis is not None:
            self._say(verdict.diagnosis.message)
        if verdict.score is None or not verdict.right:
            self._say(msg("The answer: {answer}", answer=verdict.right_answer))
        for number, part in enumerate(verdict.parts, 1):
            shown = part.chosen and verdict.diagnosis is None
            if part.note is not None and (shown or isinstance(posed, PosedCloze)):
                self._say(part.note, first=f"  {number}. ", rest="     ")
        self._line()
        self._say(posed.explain)
        if posed.solution is not None:
            self._line()
            for line in worked_lines(posed.solution, self._speaker):
                self._raw(line)

    def _summary(self, summary: Summary) -> None:
        self._line()
        self._say(
            msgs(
                "{n} card answered, {right} right at the first attempt.",
                "{n} cards answered, {right} right at the first attempt.",
                n=summary.cards,
                right=summary.right_first,
            )
        )
        objectives = self._services.load_bank().objectives
        for score in summary.objectives:
            known = objectives.get(score.objective)
            name: Words = known.title if known else score.objective
            self._say(
                msg("{right} of {total}  {name}", right=score.right, total=score.total, name=name),
                first="  ",
                rest="    ",
            )
        for question, reason in summary.unposed:
            self._say(
                msg("{question} could not be asked: {reason}", question=question, reason=reason)
            )
        tomorrow = self._services.home().forecast[1]
        self._say(msgs("{n} card is due tomorrow.", "{n} cards are due tomorrow.", n=tomorrow))

    def _read(self, prompt: Message) -> str:
        self._writer.write(self._plain(prompt) + " ")
        self._writer.flush()
        line = self._reader.readline()
        if not line:
            self._line()
            raise EndOfInput
        if not self._reader.isatty():
            self._line()
        return line.rstrip("\r\n")

    def _plain(self, words: Words) -> str:
        return " ".join(lines(words, self._speaker))

    def _say(self, words: Words, *, first: str = "", rest: str = "") -> None:
        for number, line in enumerate(lines(words, self._speaker)):
            self._raw((rest if number else first) + line)

    def _raw(self, line: str) -> None:
        self._writer.write(line.rstrip() + "\n")

    def _line(self) -> None:
        self._writer.write("\n")


def _headline(score: float) -> Message:
    if score >= 1:
        return msg("✓ Right.")
    return msg("✗ Not yet.") if score == 0 else msg("~ Partly right.")
