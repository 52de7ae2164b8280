"""`tutor stats`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.commands import N_, Command, Option
from tutor.text.message import Message, msg, msgs
from tutor.text.speaker import Speaker

if TYPE_CHECKING:
    from tutor.session.mistakes import MetMistake
    from tutor.store.stats import Stats, Tally


@click.command(cls=Command, help=N_("Show reviews, accuracy and what is due."))
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON."))
@click.pass_context
def stats(context: click.Context, *, as_json: bool) -> None:
    """Show what the log says about the learner's work."""
    from tutor.cli.context import services, voice
    from tutor.cli.output import write
    from tutor.services import MOST_DIAGNOSED

    opened = services(context)
    opened.load_bank()  # so that cards of new and changed files are counted
    counted = opened.stats()
    met = opened.met_mistakes(counted)
    if as_json:
        data = as_plain(counted) | {"mistakes": [_mistake(made, voice()) for made in met]}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    for line in stats_words(counted):
        write(line, voice())
    for heading, lines in mistake_words(met[:MOST_DIAGNOSED]):
        write(heading, voice())
        for line in lines:
            write(line, voice(), indent="  ")


def as_plain(counted: Stats) -> dict[str, Any]:
    """Return the figures as plain values for JSON; every key says what it counts."""
    return {
        "reviews": {
            "total": counted.reviews,
            "today": counted.reviews_today,
            "last_7_days": counted.reviews_7_days,
            "last_30_days": counted.reviews_30_days,
        },
        "accuracy": _tally(counted.tally),
        "ratings": {rating.name.lower(): count for rating, count in counted.ratings.items()},
        "topics": {entry.topic: _tally(entry.tally) for entry in counted.topics},
        "objectives": {name: _tally(tally) for name, tally in counted.objectives.items()},
        "no_longer_in_files": _tally(counted.elsewhere),
        "due": {"today": counted.due_today, "tomorrow": counted.due_tomorrow},
        "streak_days": counted.streak,
    }


def stats_words(counted: Stats) -> tuple[Message, ...]:
    """Return the statistics line by line; every figure says what it counts."""
    topics = (entry for entry in counted.topics if entry.tally.answers)
    return (
        msg(
            "Reviews: {total:,} in all, {today:,} today, {week:,} in 7 days, {month:,} in 30 days",
            total=counted.reviews,
            today=counted.reviews_today,
            week=counted.reviews_7_days,
            month=counted.reviews_30_days,
        ),
        _accuracy(counted.tally),
        msg(
            "Ratings: {again:,} Again, {hard:,} Hard, {good:,} Good, {easy:,} Easy",
            **{rating.name.lower(): count for rating, count in counted.ratings.items()},
        ),
        msg(
            "Due: {today:,} today, {tomorrow:,} tomorrow",
            today=counted.due_today,
            tomorrow=counted.due_tomorrow,
        ),
        msgs(
            "Streak: {n:,} study day in a row",
            "Streak: {n:,} study days in a row",
            n=counted.streak,
        ),
        *(
            msg("{topic}: {accuracy}", topic=entry.title, accuracy=_accuracy(entry.tally))
            for entry in topics
        ),
    )


def mistake_words(met: Sequence[MetMistake]) -> Iterator[tuple[Message, list[Message]]]:
    """Give the mistakes of the last days, then those before them, each with its heading."""
    from tutor.session.mistakes import times

    recent = [times(made.recent, made.words, made.total) for made in met if made.recent]
    earlier = [times(made.total, made.words) for made in met if not made.recent]
    if recent:
        yield msg("Mistakes of the last 7 study days:"), recent
    if earlier:
        yield msg("Earlier mistakes:"), earlier


def _mistake(made: MetMistake, speaker: Speaker) -> dict[str, Any]:
    from tutor.cli.output import lines

    said = made.message
    return {
        "id": made.mistake,
        "last_7_days": made.recent,
        "total": made.total,
        "latest": f"{made.question}@{made.seed}",
        "sizes": None if made.sizes is None else dict(made.sizes),
        "message": None if said is None else " ".join(lines(said, speaker, 100_000)),
    }


def _accuracy(tally: Tally) -> Message:
    if tally.first_attempt_accuracy is None:
        return msg("Right at the first attempt of a day: no answers yet")
    return msg(
        "Right at the first attempt of a day: {right:,} of {total:,} ({share:.0%})",
        right=tally.first_right,
        total=tally.first_attempts,
        share=tally.first_attempt_accuracy,
    )


def _tally(tally: Tally) -> dict[str, Any]:
    return asdict(tally) | {"first_attempt_accuracy": tally.first_attempt_accuracy}
