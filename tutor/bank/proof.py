"""The proof of one question: posed at every seed, answered in every way it knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.bank.findings import Finding, Where
from tutor.bank.lab_links import OpenLab, lab_findings
from tutor.bank.texts import texts_of
from tutor.grading.numbers import matches
from tutor.kinds import Posed, Question, examples, grade, parse, pose
from tutor.kinds.formula import PosedFormula
from tutor.kinds.numeric import PosedNumeric
from tutor.kinds.posed import FormatError, PoseError
from tutor.text.markdown import MarkdownError
from tutor.text.markdown import parse as parse_markdown
from tutor.text.message import Message, msg
from tutor.text.template import TemplateError
from tutor.text.words import LANGS


def proof_findings(
    question: Question, seeds: Iterable[int], open_lab: OpenLab | None = None
) -> Iterator[tuple[int, Finding]]:
    """Yield what goes wrong, each thing once, with the first seed that shows it."""
    seen: set[tuple[Where, str]] = set()
    for seed in seeds:
        for finding in _at_seed(question, seed, open_lab):
            said = finding.message
            key = (finding.where, said.msgid if isinstance(said, Message) else str(said))
            if key not in seen:
                seen.add(key)
                yield seed, finding


def _at_seed(question: Question, seed: int, open_lab: OpenLab | None) -> Iterator[Finding]:
    try:
        posed = pose(question, seed)
    except PoseError as error:
        where: Where = error.where or (("answer",) if hasattr(question, "answer") else ())
        yield Finding(where, error.message, msg("mend the formulas, or the numbers drawn"))
        return
    except TemplateError:
        return  # found without posing, with its column
    yield from _texts(posed)
    yield from _responses(posed)
    if posed.lab is not None and open_lab is not None:
        yield from lab_findings(posed.lab.name, posed.lab.controls, open_lab)
    if isinstance(posed, PosedNumeric):
        yield from _mistakes(posed)


def _texts(posed: Posed) -> Iterator[Finding]:
    """Yield what is wrong with texts once their values are in."""
    for where, words in texts_of(posed):
        for lang in LANGS:
            try:
                parse_markdown(words.get(lang))
            except MarkdownError as error:
                yield Finding((*where[:1], lang), error.message, "")


def _responses(posed: Posed) -> Iterator[Finding]:
    cases = examples(posed)
    for text in cases.right:
        response = parse(posed, text)
        if isinstance(response, FormatError) or not grade(posed, response).right:
            yield _graded(posed, text, msg("its own answer `{answer}` is not graded right"))
    for text in cases.wrong:
        response = parse(posed, text)
        if isinstance(response, FormatError):
            yield _graded(posed, text, msg("the wrong answer `{answer}` cannot be read"))
        elif grade(posed, response).right:
            yield _graded(posed, text, msg("the wrong answer `{answer}` is graded right"))
    for text in cases.malformed:
        if not isinstance(parse(posed, text), FormatError):
            yield _graded(posed, text, msg("`{answer}` is graded instead of asked again"))


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
