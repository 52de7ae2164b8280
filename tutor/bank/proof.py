"""The proof of one question: posed at every seed, answered in every way it knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

from tutor.bank.findings import Finding, Where
from tutor.bank.lab_links import OpenLab, lab_findings
from tutor.bank.statics import MAY_FAIL
from tutor.bank.texts import texts_of
from tutor.bank.variants import ENOUGH, coinciding_findings, draw_findings, mistake_findings
from tutor.grading.numbers import matches
from tutor.kinds import Posed, Question, examples, grade, parse, pose
from tutor.kinds.formula import PosedFormula
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.posed import FormatError, PoseError
from tutor.kinds.redraw import MAX_REDRAWS
from tutor.text.markdown import MarkdownError
from tutor.text.markdown import parse as parse_markdown
from tutor.text.message import Message, msg
from tutor.text.template import TemplateError
from tutor.text.words import LANGS

# the same for all cards of a question, or to be known from its numbers
_FOLLOWS = frozenset(
    {"question", "objective", "seed", "learner_args", "prompt", "explain", "solution", "lab"}
)


def proof_findings(
    question: Question, seeds: Iterable[int], open_lab: OpenLab | None = None
) -> Iterator[tuple[int | None, Finding]]:
    """Yield what goes wrong, each thing once, with the first seed that shows it.

    What shows only in all seeds together has none.
    """
    seeds = tuple(seeds)
    seen: set[tuple[Where, str]] = set()
    proof = _Proof(question, open_lab)
    for seed in seeds:
        for finding in proof.at_seed(seed):
            said = finding.message
            key = (finding.where, said.msgid if isinstance(said, Message) else str(said))
            if key not in seen:
                seen.add(key)
                yield seed, finding
    if not seen:
        for finding in proof.over_all(seeds):
            yield None, finding


@dataclass
class _Proof:
    """What the cards of one question have shown so far.

    Attributes:
        cards: the cards that were judged; another seed may give the very same.
        sound: the texts that were read.
        told: the mistakes that were diagnosed.
        shown: the numbers that were drawn, by name.
    """

    question: Question
    open_lab: OpenLab | None
    cards: set[str] = field(default_factory=set)
    sound: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    shown: dict[str, set[object]] = field(default_factory=dict)

    def at_seed(self, seed: int) -> Iterator[Finding]:
        try:
            posed = pose(self.question, seed)
        except PoseError as error:
            alike = list(coinciding_findings(self.question, seed, MAX_REDRAWS))
            if alike and not error.where:
                yield from alike
                return
            usual = ("answer",) if hasattr(self.question, "answer") else ()
            hint = msg("mend the formulas, or the numbers drawn")
            yield Finding(error.where or usual, error.message, hint)
            return
        except TemplateError:
            return  # found without posing, with its column
        for size in posed.sizes:
            self.shown.setdefault(size.name, set()).add(size.value)
        card = _key(posed)
        if card in self.cards:
            return
        self.cards.add(card)
        yield from self._texts(posed)
        yield from self._responses(posed)
        if posed.lab is not None and self.open_lab is not None:
            yield from lab_findings(posed.lab.name, posed.lab.controls, self.open_lab)
        if isinstance(posed, PosedNumeric):
            yield from _mistakes(posed)

    def over_all(self, seeds: tuple[int, ...]) -> Iterator[Finding]:
        """Yield what no seed has shown."""
        if not self.cards:
            return
        if len(seeds) >= ENOUGH:
            yield from mistake_findings(self.question, self.told)
        yield from draw_findings(self.question, self.shown, seeds)

    def _texts(self, posed: Posed) -> Iterator[Finding]:
        """Yield what is wrong with texts once their values are in."""
        for where, words in texts_of(posed):
            for lang in LANGS:
                text = words.get(lang)
                if text in self.sound or not MAY_FAIL.search(text):
                    continue
                try:
                    parse_markdown(text)
                except MarkdownError as error:
                    yield Finding((*where[:1], lang), error.message, "")
                else:
                    self.sound.add(text)

    def _responses(self, posed: Posed) -> Iterator[Finding]:
        cases = examples(posed)
        for text in cases.right:
            response = parse(posed, text)
            if isinstance(response, FormatError) or not grade(posed, response).right:
                yield _graded(posed, text, msg("its own answer `{answer}` is not graded right"))
        for text in cases.wrong:
            response = parse(posed, text)
            if isinstance(response, FormatError):
                yield _graded(posed, text, msg("the wrong answer `{answer}` cannot be read"))
                continue
            verdict = grade(posed, response)
            if verdict.right:
                yield _graded(posed, text, msg("the wrong answer `{answer}` is graded right"))
            if verdict.diagnosis is not None:
                self.told.add(verdict.diagnosis.mistake)
        for text in cases.malformed:
            if not isinstance(parse(posed, text), FormatError):
                yield _graded(posed, text, msg("`{answer}` is graded instead of asked again"))


def _key(posed: Posed) -> str:
    """Return what tells a card from another one of the same question: numbers and order."""
    names = (part.name for part in fields(posed) if part.name not in _FOLLOWS)
    return repr([getattr(posed, name) for name in names])


def _graded(posed: Posed, text: str, message: Message) -> Finding:
    where: Where = ("answer",) if isinstance(posed, (PosedNumeric, PosedFormula)) else ()
    return Finding(
        where,
        Message(message.msgid, {"answer": text}),
        msg("mend the answer, the mistakes or the tolerance"),
    )


def _mistakes(posed: PosedNumeric) -> Iterator[Finding]:
    """Yield mistakes that cannot be told from the answer or from each other."""
    taken = [("", posed.answer)]
    for mistake in posed.mistakes:
        for name, value in taken:
            if matches(mistake.value, value, posed.tolerance):
                message = (
                    msg("the mistakes `{a}` and `{b}` coincide", a=name, b=mistake.id)
                    if name
                    else msg("the mistake `{b}` is the answer itself", b=mistake.id)
                )
                yield Finding(("mistakes",), message, msg("draw other numbers, or leave one out"))
        taken.append((mistake.id, mistake.value))
