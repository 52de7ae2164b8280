"""The proof of a bank: every question is posed and graded, over many seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from tutor.bank.bank import Bank
from tutor.bank.bilingual import bilingual_findings
from tutor.bank.findings import Finding, Where, problem_in
from tutor.bank.lab_links import OpenLab
from tutor.bank.problems import Problem, in_order
from tutor.bank.proof import proof_findings
from tutor.bank.statics import static_findings
from tutor.bank.topic import Page
from tutor.bank.variants import unused_findings
from tutor.bank.workers import spread
from tutor.kinds import Question
from tutor.text.message import msg

DEFAULT_SEEDS = range(200)
MUCH = 5_000  # cards; for fewer, other processes take longer to start than they save

Found = tuple[Finding, str | None]  # with the card that shows it, `id@seed`, if only some do
Cards = tuple[Page] | tuple[Question, ...]  # a page, or all cards of a question


def check(
    bank: Bank,
    seeds: Iterable[int] = DEFAULT_SEEDS,
    open_lab: OpenLab | None = None,
    within: Callable[[Path], bool] | None = None,
    jobs: int = 1,
) -> list[Problem]:
    """Prove a bank through the real graders.

    Each question is posed at each seed in both languages; its own answers must be graded
    right, its mistakes wrong, and what is no answer must be asked again. What only some seeds
    show is reported once, with the first such seed.

    Args:
        bank: the bank; the problems that loading found are not repeated.
        seeds: the seeds to try.
        open_lab: sets the controls of a lab, as for loading; None leaves links to labs unchecked.
        within: the files whose pages and questions are proved; None for all.
        jobs: how many processes to use where there is much to do; the problems are the same.

    Returns:
        The problems, in order.
    """
    seeds = tuple(seeds)
    problems = [*_manifest(bank), *_prompts(bank)]
    each = ([bank.questions[card] for card in cards] for cards in bank.written.values())
    items: list[Cards] = [*((page,) for page in bank.pages.values()), *map(tuple, each)]
    items = [item for item in items if within is None or within(bank.places[item[0].id].file)]
    work = partial(_judged, seeds=seeds, open_lab=open_lab)
    much = sum(map(len, items)) * len(seeds) >= MUCH
    for (item, *_), found in zip(items, spread(work, items, jobs if much else 1), strict=True):
        place = bank.places[item.id]
        if not place.own:
            found += [
                (finding, None) for finding in (*bilingual_findings(item, place), *_owed(item))
            ]
        for finding, subject in found:
            problems.append(problem_in(place.file, finding.under(*place.where), subject))
    known = {_key(problem) for problem in bank.problems}
    return [problem for problem in in_order(problems) if _key(problem) not in known]


def _judged(
    items: Sequence[Cards], *, seeds: Sequence[int], open_lab: OpenLab | None
) -> list[list[Found]]:
    """Return what is wrong with each page or question, as far as its file is not needed."""
    return [_found(item, seeds, open_lab) for item in items]


def _found(cards: Cards, seeds: Sequence[int], open_lab: OpenLab | None) -> list[Found]:
    found: list[Found] = [(finding, None) for finding in static_findings(cards[0])]
    if isinstance(cards[0], Page) or found:  # it cannot be posed before that is mended
        return found
    seen: set[tuple[Where, str]] = set()
    for card in cards:
        for seed, finding in proof_findings(card, seeds, open_lab):
            key = (finding.where, str(finding.message))
            if key not in seen:
                seen.add(key)
                found.append((finding, None if seed is None else f"{card.id}@{seed}"))
    found += [(finding, None) for finding in unused_findings(cards[0])]
    return found


def _key(problem: Problem) -> tuple[object, ...]:
    return (problem.file, problem.line, problem.column, str(problem.message))


def _owed(item: Page | Question) -> Iterator[Finding]:
    """Yield what content that is taught owes, and the learner's own does not."""
    for key in () if isinstance(item, Page) else ("objective", "source"):
        if getattr(item, key) is None:
            yield Finding((), msg("`{key}` is missing", key=key), msg("add `{key}: …`", key=key))


def _prompts(bank: Bank) -> Iterator[Problem]:
    """Yield a problem for each prompt that another question has too."""
    seen: dict[tuple[str, str, str], str] = {}
    for name, cards in bank.written.items():
        question = bank.questions[cards[0]]
        for lang in ("en", "ko"):
            prompt = " ".join(question.prompt.get(lang).casefold().split())
            first = seen.setdefault((question.kind, lang, prompt), name)
            if first != name:
                place = bank.places[question.id]
                same = Finding(
                    (*place.where, "prompt", lang),
                    msg("the same prompt as in `{id}`", id=first),
                    msg("delete one of the two, or say what sets them apart"),
                )
                yield problem_in(place.file, same)
                break


def _manifest(bank: Bank) -> Iterator[Problem]:
    """Yield what the manifest promises and no file holds, and the other way round."""
    if bank.manifest is None:
        return
    topics = {topic.id: topic for topic in bank.topics if not topic.own}
    listed: set[str] = set()
    for at, unit in enumerate(bank.units):
        for index, topic in enumerate(unit.topics):
            listed.add(topic)
            if topic not in topics:
                yield problem_in(
                    bank.manifest,
                    Finding(
                        ("units", at, "topics", index),
                        msg("no file is on the topic `{topic}`", topic=topic),
                        msg("write one with `topic: {topic}`, or leave it out", topic=topic),
                    ),
                )
    for name, topic_ in topics.items():
        if name not in listed:
            yield problem_in(
                topic_.files[0],
                Finding(
                    ("topic",),
                    msg("the topic `{topic}` is in no unit", topic=name),
                    msg("add it to a unit of `content.yaml`"),
                ),
            )
    asked = {refers.objective for refers in bank.references.values()}
    for index, objective in enumerate(bank.objectives):
        if objective not in asked:
            yield problem_in(
                bank.manifest,
                Finding(
                    ("objectives", index, "id"),
                    msg("no question is on the objective `{objective}`", objective=objective),
                    msg("write one, or leave the objective out"),
                ),
            )
