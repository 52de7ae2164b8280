"""What refers to something else: objectives, pages, questions, topics, labs."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tutor.bank.bank import Bank, Topic
from tutor.bank.explain import did_you_mean
from tutor.bank.findings import Finding, problem_in
from tutor.bank.lab_links import OpenLab, lab_findings, written_controls
from tutor.bank.problems import Problem
from tutor.bank.topic import Page
from tutor.kinds import Question
from tutor.kinds.cards import question_of
from tutor.text.message import Message, msg


def reference_problems(bank: Bank, open_lab: OpenLab | None) -> Iterator[Problem]:
    """Yield a problem for each reference to something that is not there.

    Args:
        bank: the bank; without a manifest, objectives and required topics are not known.
        open_lab: sets the controls of a lab; None leaves links to labs unchecked.
    """
    questions = (cards[0] for cards in bank.written.values())
    for item in (*bank.pages.values(), *questions):
        place = bank.places[item.id]
        for finding in _of_item(bank, item, open_lab):
            yield problem_in(place.file, finding.under(*place.where))
    for topic in bank.topics if bank.manifest is not None else ():
        for finding in _of_topic(bank, topic):
            yield problem_in(topic.files[0], finding)


def _of_item(bank: Bank, item: Page | Question, open_lab: OpenLab | None) -> Iterator[Finding]:
    if isinstance(item, Page):
        for index, objective in enumerate(item.objectives):
            yield from _objective(bank, objective, "objectives", index)
        for index, question in enumerate(item.ask):
            if not bank.cards_of(question):
                message = msg("there is no question `{name}`", name=question)
                yield _unknown(message, question, bank.written, "ask", index)
    else:
        if item.objective is not None:
            yield from _objective(bank, item.objective, "objective")
        if item.page is not None and item.page not in bank.pages:
            message = msg("there is no page `{name}`", name=item.page)
            yield _unknown(message, item.page, bank.pages, "page")
        yield from _aliases(bank, item)
    if item.lab is not None and open_lab is not None:
        yield from lab_findings(item.lab.name, written_controls(item), open_lab)


def _aliases(bank: Bank, question: Question) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, alias in enumerate(question.aliases):
        owner = question_of(bank.aliases.get(alias, ""))
        if bank.is_taken(alias):
            yield Finding(
                ("aliases", index),
                msg("`{id}` is the id of a question or a page", id=alias),
                msg("an alias is an id that the question had, and that nothing has any more"),
            )
        elif alias in seen or owner != question_of(question.id):
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
