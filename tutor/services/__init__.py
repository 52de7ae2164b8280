"""What the program runs on: paths, clock, log and bank, built once and handed over."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from gettext import NullTranslations
from random import SystemRandom
from typing import TYPE_CHECKING

from tutor.errors import ExitCode, TutorError
from tutor.services.paths import Paths, find_paths
from tutor.services.study_run import StudyRun
from tutor.store.local_zone import LocalZone
from tutor.store.store import Store
from tutor.text.message import Message, msg
from tutor.text.safe import scrub
from tutor.text.speaker import Speaker
from tutor.text.words import Lang

if TYPE_CHECKING:  # loaded when studying begins, not before Home is painted
    from tutor.bank.bank import Bank
    from tutor.bank.card_name import CardName
    from tutor.bank.changes import Stamp
    from tutor.session.mistakes import MetMistake
    from tutor.store.home import HomeCounts
    from tutor.store.stats import Stats

MOST_DIAGNOSED = 10  # mistakes whose words are looked up for one page of statistics


@dataclass
class Services:
    """The program's world. It belongs to the thread that opened it, but for `read_bank` and
    `stamp_files`.

    Attributes:
        lang: the language to begin in.
        catalogue: gives the program's words in a language.
        clock: gives the present instant, in UTC.
        tz: the learner's time zone.
        draw_seed: gives a seed for a session.
        ascii: whether to write with ASCII signs.
        bank: the questions, once they are loaded.
    """

    paths: Paths
    store: Store
    lang: Lang
    catalogue: Callable[[Lang], NullTranslations]
    clock: Callable[[], datetime]
    tz: tzinfo
    draw_seed: Callable[[], int]
    ascii: bool = False
    bank: Bank | None = field(default=None)

    @property
    def notices(self) -> tuple[Message, ...]:
        """What the learner should be told about the opening."""
        return (self.store.notice,) if self.store.notice else ()

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return self.clock()

    def speaker(self, lang: Lang | None = None) -> Speaker:
        """Return the voice of a language; of the one to begin in, if None."""
        lang = lang or self.lang
        return Speaker(lang, self.catalogue(lang), self.ascii)

    def home(self) -> HomeCounts:
        """Count what Home shows, from the database alone."""
        return self.store.home(self.now(), self.tz)

    def stats(self) -> Stats:
        """Count what the log says about the learner's work."""
        return self.store.stats(self.now(), self.tz)

    def met_mistakes(self, counted: Stats) -> tuple[MetMistake, ...]:
        """Return the mistakes of the statistics, the first ten in the words of their diagnosis.

        Each is taken from the latest answer with it, which is posed and graded once more.
        """
        from tutor.session.mistakes import MetMistake, diagnosis_again

        known = self.load_bank().questions if counted.mistakes else {}
        met: list[MetMistake] = []
        for made in counted.mistakes:
            message = None
            if made.question in known and len(met) < MOST_DIAGNOSED:
                question = known[made.question].model_copy(update={"id": made.logged})
                message = diagnosis_again(
                    question, made.seed, made.sizes, made.response, made.mistake
                )
            met.append(
                MetMistake(
                    made.mistake, made.recent, made.total, made.question, made.seed, made.sizes,
                    message,
                )
            )  # fmt: skip
        return tuple(met)

    def read_bank(self) -> Bank:
        """Read all question files. May run in another thread: it touches nothing else."""
        from tutor.bank.cache import Cache
        from tutor.bank.load import load
        from tutor.bank.locate import locate
        from tutor.labs.registry import open_controls

        cache = Cache(self.paths.cache / "questions") if self.paths.cache is not None else None
        return load(locate(self.paths.content, self.paths.questions), open_controls, cache)

    def stamp_files(self) -> Stamp:
        """Look at all question files. May run in another thread, as `read_bank` may."""
        from tutor.bank.changes import stamp
        from tutor.bank.locate import watched

        return stamp(watched(self.paths.content, self.paths.questions))

    def adopt_bank(self, bank: Bank) -> None:
        """Teach from these questions from now on, and index them for Home.

        Raises:
            TutorError: they could not be indexed; it can be done again.
        """
        from hashlib import blake2b

        from tutor.kinds.cards import question_of
        from tutor.store.index import CardEntry, TopicEntry

        aliases: dict[str, list[str]] = {}
        for alias, card in bank.aliases.items():
            aliases.setdefault(card, []).append(alias)
        topics = [(topic.id, topic.title.en, topic.title.ko) for topic in bank.topics]
        cards = [
            (
                card,
                topic.id,
                bank.references[card].objective or topic.id,
                tuple(aliases.get(card, ())),
                question_of(card),
            )
            for topic in bank.topics
            for card in topic.questions
        ]
        fingerprint = blake2b(repr((topics, cards)).encode(), digest_size=16).hexdigest()
        if fingerprint != self.store.bank_fingerprint:
            self.store.index_bank(
                [TopicEntry(topic.id, topic.title) for topic in bank.topics],
                [CardEntry(*card) for card in cards],
                fingerprint,
            )
        self.bank = bank

    def load_bank(self) -> Bank:
        """Return the questions, read at the first call."""
        if self.bank is None:
            self.adopt_bank(self.read_bank())
        assert self.bank is not None  # noqa: S101 - adopted above
        return self.bank

    def start_study(
        self,
        topics: Collection[str] = (),
        questions: Collection[str] = (),
        *,
        ahead: bool = False,
        page: str | None = None,
        limit: int | None = None,
        seed: int | None = None,
    ) -> StudyRun:
        """Begin a session.

        Args:
            topics: what is due and new in these topics; in all of them, if empty.
            questions: just these questions or cards, due or not, in this order; but the cards of
                one question do not follow each other if it can be helped.
            ahead: all cards of the topics, due or not, in such an order too.
            page: just the questions that stand in this lecture page, all their cards.
            limit: at most so many cards.
            seed: from which all numbers are drawn; drawn itself, if None.

        Raises:
            TutorError: there is no such topic or page.
        """
        from tutor.session.study import Card, begin

        bank = self.load_bank()
        if questions:
            chosen = _all_cards(bank, questions)
        else:
            chosen = self._cards_of(bank, topics, page, ahead=ahead)
        memories = self.store.memories(chosen[:limit])
        cards = [
            Card(bank.questions[card], bank.topic_of(card).id, memory)
            for card, memory in memories.items()
            if card in bank.questions
        ]
        seed = self.draw_seed() if seed is None else seed
        return StudyRun(self, begin(cards, seed, self.now(), self.store.settings))

    def start_card(self, card: CardName) -> StudyRun:
        """Begin a session of one card, due or not, with exactly the numbers of its seed.

        Raises:
            TutorError: there is no such card, or it cannot be asked at this seed.
        """
        from tutor.bank.card_name import find_card
        from tutor.session.practice import ask
        from tutor.session.study import Card, begin_at

        bank = self.load_bank()
        question = find_card(bank, card)
        posed = ask(question, self.draw_seed() if card.seed is None else card.seed)
        memory = self.store.memories([question.id])[question.id]
        studied = Card(question, bank.topic_of(question.id).id, memory)
        return StudyRun(self, begin_at(studied, posed, self.now(), self.store.settings))

    def _cards_of(
        self, bank: Bank, topics: Collection[str], page: str | None, *, ahead: bool
    ) -> tuple[str, ...]:
        if page is not None:
            if page not in bank.pages:
                raise unknown_name(page, bank.pages)
            return _all_cards(bank, bank.pages[page].ask)
        known = {topic.id: topic for topic in bank.topics}
        for topic in topics:
            if topic not in known:
                raise unknown_name(topic, known)
        if ahead:
            chosen = topics or known
            return _all_cards(bank, [card for topic in chosen for card in known[topic].questions])
        wanted = topics or None
        now = self.now()
        return (*self.store.due(now, self.tz, wanted), *self.store.new(now, self.tz, wanted))

    def close(self) -> None:
        """Close the log; everything in it has long been written."""
        self.store.close()


def open_services(
    environ: Mapping[str, str],
    lang: Lang,
    catalogue: Callable[[Lang], NullTranslations],
    content: str | None = None,
    *,
    ascii: bool = False,  # noqa: A002 - the word for what it is
) -> Services:
    """Open the learner's data, with the machine's clock and randomness.

    Raises:
        TutorError: the data cannot be used, or the content folder does not exist.
    """
    paths = find_paths(environ, content)
    if paths.content is not None and not os.path.isdir(paths.content):  # noqa: PTH112 - a closed folder is no error
        raise TutorError(
            msg("{path} is not a folder of question files.", path=str(paths.content)),
            msg("Name a folder with `--content`, or leave it out."),
            exit_code=ExitCode.USAGE,
        )
    return Services(
        paths=paths,
        store=Store.open(paths.database, now=datetime.now().astimezone()),
        lang=lang,
        catalogue=catalogue,
        clock=lambda: datetime.now(UTC),
        tz=LocalZone(),
        draw_seed=lambda: SystemRandom().randrange(2**31),
        ascii=ascii,
    )


def unknown_name(name: str, known: Collection[str]) -> TutorError:
    """Return the error of a topic or page that does not exist, with the nearest that does."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return TutorError(
        msg("There is nothing called “{name}”.", name=scrub(name[:40])),
        msg("Did you mean “{near}”?", near=near[0])
        if near
        else msg("There are: {names}.", names=", ".join(known)),
        exit_code=ExitCode.USAGE,
    )


def _all_cards(bank: Bank, names: Iterable[str]) -> tuple[str, ...]:
    """Return the cards of questions, due or not, those of one question apart from each other."""
    from tutor.kinds.cards import question_of
    from tutor.session.apart import apart

    cards = dict.fromkeys(card for name in names for card in bank.cards_of(name))
    return apart(cards, question_of)
