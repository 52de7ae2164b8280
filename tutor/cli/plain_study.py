"""A study session in plain text, through the same machines as the screen."""

from __future__ import annotations

from typing import TextIO, assert_never

from tutor.cli.output import lines
from tutor.cli.plain_card import front_lines, verdict_lines
from tutor.cli.plain_kinds import asks, hidden
from tutor.errors import TutorError
from tutor.grading.formula import Value
from tutor.grading.numbers import NumberProblem, parse_number
from tutor.kinds import FormatError, Posed, parse
from tutor.memory.interval import interval_words
from tutor.memory.rating import Rating
from tutor.services import Services
from tutor.services.study_run import StudyRun
from tutor.session.events import Event, Hint, Leave, Rate, Resize, Skip, Submit
from tutor.session.mistakes import times
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


_ALL_IN_ONE = ";"  # between the parts of an answer that are all typed in one line


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
        self._asked: Asking | None = None
        self._revealed: Posed | None = None

    def run_to_end(self) -> None:
        """Ask card after card until the session or the input ends."""
        if isinstance(self._run.state.phase, Finished):
            self._say(msg("Nothing is due, and there is nothing new today."))
            return
        try:
            while not isinstance(self._run.state.phase, Finished):
                self._turn()
        except EndOfInput:
            self._send(Leave(self._run.now()))
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
            self._card(asking)
        if asking.complaint is not None and asking is not self._asked:
            self._say(asking.complaint)
        self._asked = asking
        if not self._reveal(asking):
            return
        typed: list[str] = []
        for question in asks(asking.posed):
            line = self._read(question)
            if self._obey(line.strip(), asking):
                return
            typed.append(line)
            if _ALL_IN_ONE in line or _is_answer(asking.posed, typed):
                break
        self._send(Submit("\n".join(typed), self._run.now()))

    def _reveal(self, asking: Asking) -> bool:
        """Show at Enter what is hidden at first; return False if a command was typed instead."""
        posed = asking.posed
        points = hidden(posed)
        if not points or posed is self._revealed:
            return True
        if self._obey(self._read(msg("Talk it over. Enter shows the points: ")).strip(), asking):
            return False
        self._revealed = posed
        for number, point in enumerate(points, 1):
            self._say(point, first=f"  {number}. ", rest="     ")
        return True

    def _obey(self, line: str, asking: Asking) -> bool:
        """Do what a line commands, and return whether it was a command."""
        match line.split(maxsplit=1):
            case ["?"]:
                self._help(asking.posed)
            case [":hint"]:
                self._hint(asking)
            case [":skip"]:
                self._send(Skip(self._run.now()))
            case [":quit"]:
                self._send(Leave(self._run.now()))
            case [":sizes", *rest]:
                self._resize(rest[0] if rest else "")
            case [command, *_] if command.startswith(":"):
                self._say(msg("There is no command “{name}”; `?` lists them.", name=command[:20]))
            case _:
                return False
        return True

    def _card(self, asking: Asking) -> None:
        state, posed = self._run.state, asking.posed
        self._shown = posed
        self._line()
        self._say(
            msg(
                "[{number} of {planned}] {topic}",
                number=state.number,
                planned=state.planned,
                topic=self._services.load_bank().topic_of(posed.question).title,
            )
        )
        self._line()
        for line in front_lines(posed, self._speaker):
            self._raw(line)
        for number in range(1, len(asking.shown_hints) + 1):
            self._say_hint(posed, number)

    def _hint(self, asking: Asking) -> None:
        if asking.hints < len(asking.posed.hints):
            self._send(Hint(self._run.now()))
            self._say_hint(asking.posed, asking.hints + 1)
        elif asking.hints:
            self._say(msg("There are no more hints."))
        else:
            self._say(msg("There is no hint for this card."))

    def _say_hint(self, posed: Posed, number: int) -> None:
        hints = posed.hints
        label = msg("hint {number} of {count}", number=number, count=len(hints))
        self._say(label)
        self._say(hints[number - 1], first="  ", rest="  ")

    def _resize(self, text: str) -> None:
        sizes: dict[str, Value] = {}
        for assignment in text.replace(",", " ").split():
            name, _, number = assignment.partition("=")
            value = parse_number(number)
            if isinstance(value, NumberProblem):
                self._say(value.message)
                return
            sizes[name] = value
        self._send(Resize(sizes or None, self._run.now()))

    def _help(self, posed: Posed) -> None:
        self._say(msg("`:skip` leaves this card out, `:quit` ends the session; nothing is lost."))
        if posed.hints:
            self._say(msg("`:hint` shows a hint; each lowers the suggested rating by a step."))
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
        for line in verdict_lines(
            answered.posed, answered.verdict, self._speaker, hints=answered.hints
        ):
            self._raw(line)
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
                self._send(Leave(self._run.now()))
                return
            self._say(msg("Type 1 to 4, or Enter."))
        self._send(Rate(Rating(int(typed)) if typed else None, self._run.now()))

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
        if summary.mistakes:
            self._say(msg("Mistakes you met"))
        for diagnosis, count in summary.mistakes:
            self._say(times(count, diagnosis.message), first="  ", rest="    ")
        if summary.skipped:
            self._say(msgs("{n} card skipped.", "{n} cards skipped.", n=summary.skipped))
        for question, reason in summary.unposed:
            self._say(
                msg("{question} could not be asked: {reason}", question=question, reason=reason)
            )
        tomorrow = self._services.home().forecast[1]
        self._say(msgs("{n} card is due tomorrow.", "{n} cards are due tomorrow.", n=tomorrow))

    def _send(self, event: Event) -> None:
        """Send an event until it could be written down: nothing typed is lost."""
        while True:
            try:
                self._run.send(event)
            except TutorError as error:
                self._say(error.message)
                if error.hint is not None:
                    self._say(error.hint)
                self._read(msg("Your answer is kept. Enter tries again: "))
            else:
                return

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


def _is_answer(posed: Posed, typed: list[str]) -> bool:
    """Return whether the lines so far say all that is asked."""
    return not isinstance(parse(posed, "\n".join(typed)), FormatError)
