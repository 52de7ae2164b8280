"""`tutor stats`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.commands import N_, Command, Option
from tutor.text.message import Message, msg, msgs

if TYPE_CHECKING:
    from tutor.store.stats import Stats, Tally


@click.command(cls=Command, help=N_("Show reviews, accuracy and what is due."))
@click.option("--json", "as_json", cls=Option, is_flag=True, help=N_("Print JSON."))
@click.pass_context
def stats(context: click.Context, *, as_json: bool) -> None:
    """Show what the log says about the learner's work."""
    from tutor.cli.context import services, voice
    from tutor.cli.output import write

    opened = services(context)
    opened.load_bank()  # so that cards of new and changed files are counted
    counted = opened.stats()
    if as_json:
        click.echo(json.dumps(as_plain(counted), indent=2, ensure_ascii=False))
        return
    for line in stats_words(counted):
        write(line, voice())


def as_plain(counted: Stats) -> dict[str, Any]:
    """Return the statistics as plain values for JSON; every key says what it counts."""
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
