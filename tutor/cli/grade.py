"""`tutor grade`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.commands import N_, Command, Option
from tutor.errors import ExitCode, TutorError
from tutor.text.message import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.grading.formula import Value
    from tutor.kinds import FormatError, Posed, Verdict
    from tutor.text.speaker import Speaker
    from tutor.text.words import Words

MAX_STDIN = 100_000  # characters; no kind of question takes as many


@click.command(
    cls=Command,
    # `-3` and `-4h` are answers
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    help=N_(
        "Grade one answer to a card. Nothing is logged.\n\n"
        "CARD is `ID` or `ID@seed`; without a seed it is 0, as in `tutor preview`. ANSWER is what "
        "a learner would type; `;` separates its parts, and `-` reads standard input.\n\n"
        "The exit code is 0 once the answer was graded, whatever the verdict, and 2 if it cannot "
        "be read as an answer."
    ),
)
@click.argument("card", metavar="CARD")
@click.argument("answer", metavar="ANSWER")
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON."))
@click.option(
    "--sizes",
    cls=Option,
    metavar="NAME=N,…",
    help=N_("Numbers of your own in place of drawn ones: --sizes d=10,h=24."),
)
@click.pass_context
def grade(
    context: click.Context, card: str, answer: str, *, as_json: bool, sizes: str | None
) -> None:
    """Grade one answer without a screen, and without logging it."""
    from tutor.bank.card_name import FIRST_SEED, find_card, parse_card_name
    from tutor.cli.context import read_bank, voice
    from tutor.cli.plain_card import said, verdict_lines
    from tutor.kinds import FormatError, parse
    from tutor.kinds import grade as graded
    from tutor.session.practice import ask

    speaker = voice()
    name = parse_card_name(card)
    own = None if sizes is None else _sizes(sizes)
    question = find_card(read_bank(context.obj), name)
    seed = FIRST_SEED if name.seed is None else name.seed
    posed = ask(question, seed, own)
    typed = sys.stdin.read(MAX_STDIN).rstrip("\r\n") if answer == "-" else answer
    response = parse(posed, typed)
    verdict = response if isinstance(response, FormatError) else graded(posed, response)
    if as_json:
        data = grade_data(posed, typed, verdict, speaker)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif isinstance(verdict, FormatError):
        for line in said(msg("Not an answer: {why}", why=verdict.message), speaker):
            click.echo(line)
    else:
        for line in (*verdict_lines(posed, verdict, speaker), "", *_summary(verdict, speaker)):
            click.echo(line.rstrip())
    if isinstance(verdict, FormatError):
        context.exit(ExitCode.USAGE)


def grade_data(
    posed: Posed, typed: str, verdict: Verdict | FormatError, speaker: Speaker
) -> dict[str, Any]:
    """Return a graded answer as data for JSON; all words are plain text in one language."""
    from tutor.cli.worked import worked_data
    from tutor.kinds import FormatError

    asked = {
        "card": f"{posed.question}@{posed.seed}",
        "question": posed.question,
        "seed": posed.seed,
        "sizes": {size.name: _number(size.value) for size in posed.sizes},
        "answer": typed,
    }
    if isinstance(verdict, FormatError):
        return {**asked, "verdict": "malformed", "message": _plain(verdict.message, speaker)}
    mistake = verdict.diagnosis
    solution = posed.solution and worked_data(posed.solution, {}, speaker)
    if solution:
        del solution["arguments"]  # they are `sizes`, under the names that the question gives them
    return {
        **asked,
        "verdict": _judged(verdict),
        "score": verdict.score,
        "understood": _plain(verdict.understood, speaker),
        "mistake": mistake and {"id": mistake.mistake, "message": _plain(mistake.message, speaker)},
        "difference": _plain(verdict.difference, speaker),
        "detail": _plain(verdict.detail, speaker),
        "right_answer": _plain(verdict.right_answer, speaker),
        "rating": verdict.rating.name.lower(),
        "parts": [
            {
                "label": _plain(part.label, speaker),
                "right": part.right,
                "chosen": part.chosen,
                "note": _plain(part.note, speaker),
            }
            for part in verdict.parts
        ],
        "explain": _plain(posed.explain, speaker),
        "solution": solution,
    }


def _judged(verdict: Verdict) -> str:
    if verdict.score is None:
        return "self-rated"
    if verdict.right:
        return "right"
    return "partly" if verdict.score else "not-yet"


def _summary(verdict: Verdict, speaker: Speaker) -> list[str]:
    from tutor.cli.output import lines
    from tutor.cli.plain_study import RATING_NAMES

    shown: list[Words] = []
    if verdict.score is not None:
        shown.append(msg("Score: {score}", score=f"{verdict.score:.4g}"))
    if verdict.diagnosis is not None:
        shown.append(msg("Mistake: {mistake}", mistake=verdict.diagnosis.mistake))
    shown.append(msg("Suggested rating: {rating}", rating=RATING_NAMES[verdict.rating]))
    return [line for words in shown for line in lines(words, speaker)]


def _plain(words: Words | None, speaker: Speaker) -> str | None:
    from tutor.cli.worked import data_line

    return None if words is None else data_line(words, speaker)


def _number(value: Value) -> int | float:
    return value if isinstance(value, int) else float(value)


def _sizes(text: str) -> Mapping[str, Value]:
    """Read `d=10,h=24`."""
    from tutor.grading.numbers import NumberProblem, parse_number

    sizes: dict[str, Value] = {}
    for assignment in text.replace(",", " ").split():
        name, equals, number = assignment.partition("=")
        value = parse_number(number)
        if not equals or not name or isinstance(value, NumberProblem):
            raise TutorError(
                msg("`{text}` sets no size.", text=assignment[:40]),
                msg("Write `--sizes d=10,h=24`."),
                exit_code=ExitCode.USAGE,
            )
        sizes[name] = value
    return sizes
