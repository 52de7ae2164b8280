"""Which questions a room asks, and in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from tutor.kinds import PoseError, Question, is_scored, pose
from tutor.kinds.cards import question_of
from tutor.kinds.discuss import Discuss
from tutor.kinds.seeds import Stream, derive_seed
from tutor.session.room.state import Planned
from tutor.text.template import TemplateError

T = TypeVar("T")
OPEN_SHARE = 5  # one question in so many may be an open one
_TRIES = 5  # seeds for a question that cannot be asked at the first


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that may be asked.

    Attributes:
        missed: how often it was missed, recent misses counting more; 0 if it was not.
        preferred: whether to take it before others that were not missed.
    """

    question: Question
    topic: str
    missed: float = 0.0
    preferred: bool = False


def choose_questions(
    candidates: Iterable[Candidate],
    count: int,
    seed: int,
    difficulty: tuple[int, int] = (1, 3),
    *,
    open_questions: bool = True,
) -> tuple[Planned, ...]:
    """Return the questions of a session.

    Those that were missed come first, the most missed before the others. The rest are spread
    over topics, what they ask for, and kinds; easy ones come before hard ones, and neighbours are
    of different topics and kinds where that can be. Questions to talk about come in between. Of
    one question one card is asked. The same arguments always give the same questions.

    Args:
        candidates: what there is; flashcards are left out.
        count: at most so many.
        seed: from which everything is drawn.
        difficulty: the easiest and the hardest, both included.
        open_questions: whether one in five may be a question to talk about.
    """
    low, high = difficulty
    fitting = [
        candidate
        for candidate in candidates
        if low <= candidate.question.difficulty <= high
        and (is_scored(candidate.question) or isinstance(candidate.question, Discuss))
    ]
    shuffled = Stream("room", seed).shuffled(fitting)
    ranked = sorted(shuffled, key=lambda candidate: -candidate.missed)
    each = list(_first_of_each(ranked, lambda c: question_of(c.question.id)))
    scored = [candidate for candidate in each if is_scored(candidate.question)]
    able = ((c, p) for c in scored if c.missed and (p := _planned(c, seed)))
    missed = tuple(islice(able, count))
    rest = [candidate for candidate in scored if not candidate.missed]
    talks = [c for c in each if isinstance(c.question, Discuss)] if open_questions else []

    wanted = min((count - len(missed)) // OPEN_SHARE, len(talks))
    chosen = _spread(rest, count - len(missed) - wanted, seed)
    talked = _spread(talks, wanted, seed)
    asked = (*(planned for _, planned in missed), *_in_order(chosen))
    return _with_talks(asked, tuple(planned for _, planned in talked))


def _with_talks(asked: Sequence[Planned], talks: Sequence[Planned]) -> tuple[Planned, ...]:
    """Put questions to talk about in between, as far from each other as can be; nobody begins
    with one."""
    if not asked:
        return tuple(talks)
    mixed: list[Planned] = []
    put = 0
    for number, planned in enumerate(asked, 1):
        mixed.append(planned)
        due = number * len(talks) // len(asked)
        mixed += talks[put:due]
        put = due
    return tuple(mixed)


def _first_of_each(items: Iterable[T], group: Callable[[T], object]) -> Iterable[T]:
    seen = set()
    for item in items:
        if (key := group(item)) not in seen:
            seen.add(key)
            yield item


def _planned(candidate: Candidate, seed: int) -> Planned | None:
    """Return a candidate with a seed at which it can be asked; None if there is none."""
    for attempt in range(_TRIES):
        drawn = derive_seed("room", seed, candidate.question.id, attempt)
        try:
            pose(candidate.question, drawn)
        except (PoseError, TemplateError):
            continue
        return Planned(candidate.question, drawn)
    return None


def _spread(
    candidates: Sequence[Candidate], count: int, seed: int
) -> list[tuple[Candidate, Planned]]:
    """Take so many, in turn of every topic, objective and kind; the preferred ones first."""
    chosen: list[tuple[Candidate, Planned]] = []
    for preferred in (True, False):
        shelf: dict[str, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
        for candidate in candidates:
            if candidate.preferred is preferred:
                shelf[candidate.topic][_objective(candidate)].append(candidate)
        used: Counter[object] = Counter()
        for candidate, _ in chosen:
            _count(used, candidate)
        while shelf and len(chosen) < count:
            topic = min(shelf, key=lambda topic: used["topic", topic])
            objectives = shelf[topic]
            objective = min(objectives, key=lambda name: used["objective", name])
            bucket = objectives[objective]
            candidate = min(bucket, key=lambda candidate: used["kind", candidate.question.kind])
            bucket.remove(candidate)
            if not bucket:
                del objectives[objective]
            if not objectives:
                del shelf[topic]
            if (planned := _planned(candidate, seed)) is not None:
                chosen.append((candidate, planned))
                _count(used, candidate)
    return chosen


def _objective(candidate: Candidate) -> str:
    return candidate.question.objective or candidate.topic


def _count(used: Counter[object], candidate: Candidate) -> None:
    used["topic", candidate.topic] += 1
    used["objective", _objective(candidate)] += 1
    used["kind", candidate.question.kind] += 1


def _in_order(chosen: Iterable[tuple[Candidate, Planned]]) -> Iterable[Planned]:
    """Give easy questions before hard ones, and unlike ones after each other."""
    left = list(chosen)
    last: Candidate | None = None
    for difficulty in sorted({candidate.question.difficulty for candidate, _ in left}):
        band = [pair for pair in left if pair[0].question.difficulty == difficulty]
        while band:
            topics = Counter(candidate.topic for candidate, _ in band)

            def unlike(
                pair: tuple[Candidate, Planned],
                topics: Counter[str] = topics,
                last: Candidate | None = last,
            ) -> tuple[bool, int, bool]:
                candidate = pair[0]
                return (
                    last is not None and candidate.topic == last.topic,
                    -topics[candidate.topic],  # so that what there is most of is not left over
                    last is not None and candidate.question.kind == last.question.kind,
                )

            pair = min(band, key=unlike)
            band.remove(pair)
            last = pair[0]
            yield pair[1]
