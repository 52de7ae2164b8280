"""What refers to something else: objectives, pages, questions, topics, labs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from tutor.bank.bank import Bank, Place, Topic
from tutor.bank.entry import References
from tutor.bank.explain import did_you_mean
from tutor.bank.findings import Finding, problem_in
from tutor.bank.lab_links import OpenLab, lab_findings, written_controls
from tutor.bank.problems import Problem
from tutor.bank.topic import Page
from tutor.kinds import Question
from tutor.kinds.cards import question_of
from tutor.text.message import Message, msg


def reference_problems(
    bank: Bank, open_lab: OpenLab | None, followed: Collection[Path] = ()
) -> Iterator[Problem]:
    """Yield a problem for each reference to something that is not there.

    Args:
        bank: the bank; without a manifest, objectives and required topics are not known.
        open_lab: sets the controls of a lab; None leaves links to labs unchecked.
        followed: the files whose links to labs are known to be sound.
    """
    for name, page in bank.pages.items():
        yield from _placed(bank.places[name], _of_page(bank, page))
    for name, cards in bank.written.items():
        refers = bank.references[cards[0]]
        yield from _placed(bank.places[cards[0]], _of(bank, name, refers))
    if open_lab is not None:
        firsts = (cards[0] for cards in bank.written.values())
        for items, names in ((bank.pages, bank.pages), (bank.questions, firsts)):
            for name in names:
                if (place := bank.places[name]).file not in followed:
                    yield from _placed(place, _of_lab(items[name], open_lab))
    for topic in bank.topics if bank.manifest is not None else ():
        for finding in _of_topic(bank, topic):
            yield problem_in(topic.files[0], finding)


def _placed(place: Place, findings: Iterable[Finding]) -> Iterator[Problem]:
    for finding in findings:
        yield problem_in(place.file, finding.under(*place.where))


def _of_page(bank: Bank, page: Page) -> Iterator[Finding]:
    for index, objective in enumerate(page.objectives):
        yield from _objective(bank, objective, "objectives", index)
    for index, question in enumerate(page.ask):
        if not bank.cards_of(question):
            message = msg("there is no question `{name}`", name=question)
            yield _unknown(message, question, bank.written, "ask", index)


def _of(bank: Bank, question: str, refers: References) -> Iterator[Finding]:
    if refers.objective is not None:
        yield from _objective(bank, refers.objective, "objective")
    if refers.page is not None and refers.page not in bank.pages:
        message = msg("there is no page `{name}`", name=refers.page)
        yield _unknown(message, refers.page, bank.pages, "page")
    if refers.aliases:
        yield from _aliases(bank, question, refers.aliases)


def _of_lab(item: Page | Question, open_lab: OpenLab) -> Iterator[Finding]:
    if item.lab is not None:
        yield from lab_findings(item.lab.name, written_controls(item), open_lab)


def _aliases(bank: Bank, question: str, aliases: tuple[str, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, alias in enumerate(aliases):
        owner = question_of(bank.aliases.get(alias, ""))
        if bank.is_taken(alias):
            yield Finding(
                ("aliases", index),
                msg("`{id}` is the id of a question or a page", id=alias),
                msg("an alias is an id that the question had, and that nothing has any more"),
            )
        elif alias in seen or owner != question:
            yield Finding(
                ("aliases", index),
                msg("the alias `{id}` is taken, by `{other}`", id=alias, other=owner),
                msg("give it to the one question that had this id"),
            )
        seen.add(alias)


def _objective(bank: Bank, objective: str, *where: str | int) -> Iterator[Finding]:
    if bank.objectives and objective not in bank.objectives:
        message = msg("unknown objective `{name}`", name=objective)
        yield _unknown(message, objective, bank.objectives, *where)


def _of_topic(bank: Bank, topic: Topic) -> Iterator[Finding]:
    known = {other.id: other for other in bank.topics}
    for index, required in enumerate(topic.requires):
        if required not in known:
            message = msg("there is no topic `{name}`", name=required)
            yield _unknown(message, required, known, "requires", index)
        elif topic.id in _needed_for(required, known):
            yield Finding(
                ("requires", index),
                msg("`{name}` requires `{topic}` itself", name=required, topic=topic.id),
                msg("leave one of the two out"),
            )


def _needed_for(name: str, known: dict[str, Topic]) -> set[str]:
    """Return a topic with all topics that it requires, directly or not."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        topic = waiting.pop()
        if topic not in needed and topic in known:
            needed.add(topic)
            waiting += known[topic].requires
    return needed


def _unknown(message: Message, name: str, known: Collection[str], *where: str | int) -> Finding:
    return Finding(where, message, did_you_mean(name, known))
