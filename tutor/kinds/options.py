"""Options to pick from: written by the author, filled in and shuffled for a card."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tutor.grading.formula import Value
from tutor.kinds.alike import as_written, repeated
from tutor.kinds.base import MistakeId, Model, QuestionBase, invalid
from tutor.kinds.posed import Diagnosis, Part
from tutor.kinds.redraw import Collision, pose_apart
from tutor.kinds.seeds import Stream
from tutor.kinds.setting import Setting
from tutor.text.localized import Localized
from tutor.text.message import msg
from tutor.text.words import LANGS, Words

MOST_OPTIONS = 9  # a digit picks one


class Option(Model):
    """One option; a wrong one says why it tempts and why it is not so."""

    text: Localized
    right: bool = False
    feedback: Localized | None = None
    mistake: MistakeId | None = None


@dataclass(frozen=True, slots=True)
class PosedOption:
    """An option with its values filled in."""

    text: Localized
    right: bool
    feedback: Words | None
    mistake: str | None


def require_one_right(options: Sequence[Option], key: str) -> None:
    """Refuse options of which none or several are right.

    Raises:
        PydanticCustomError: with the place under `key`.
    """
    right = sum(option.right for option in options)
    if right != 1:
        raise invalid(
            msg("{n} options are marked right", n=right),
            msg("mark exactly one option with `right: true`"),
            where=(key,),
        )


def require_sound(options: Sequence[Option], key: str) -> None:
    """Refuse a wrong option without feedback, and two that read alike whatever is drawn.

    Raises:
        PydanticCustomError: with the place under `key`.
    """
    for index, option in enumerate(options):
        if not option.right and option.feedback is None:
            raise invalid(
                msg("a wrong option has no feedback"),
                msg("say in `feedback:` why it tempts and why it is not so"),
                where=(key, index),
            )
    for lang in LANGS:
        again = repeated([option.text.get(lang) for option in options], as_written)
        if again is not None:
            raise invalid(
                msg("two options read `{text}`", text=options[again].text.get(lang)),
                msg("change one of the two"),
                where=(key, again, "text", lang),
            )


def draw_options(
    question: QuestionBase,
    options: Sequence[Option],
    seed: int,
    learner_args: Mapping[str, Value] | None,
    *,
    shuffle: bool,
    key: str = "options",
) -> tuple[Setting, tuple[PosedOption, ...]]:
    """Draw numbers until no two options read alike, fill them in, and shuffle the options.

    Args:
        question: whose numbers are drawn.
        options: its options.
        seed: the card's seed.
        learner_args: the learner's own numbers; with them nothing is drawn again.
        shuffle: whether the order is drawn too.
        key: under which key of the question the options stand.

    Raises:
        PoseError: two options read alike with every draw, or the engine refuses the numbers.
    """

    def apart(setting: Setting) -> tuple[Setting, tuple[PosedOption, ...]]:
        alike = _alike([setting.fill(option.text) for option in options])
        if alike is not None:
            raise Collision(msg("two options read `{text}`", text=alike), where=(key,))
        return setting, tuple(_posed(option, setting) for option in options)

    setting, posed = pose_apart(question, seed, learner_args, apart)
    if shuffle:
        posed = Stream(question.id, seed, "options").shuffled(posed)
    return setting, posed


def option_parts(options: Sequence[PosedOption], chosen: Collection[int]) -> tuple[Part, ...]:
    """Return how each option fared, with its feedback; `chosen` are the indices picked."""
    return tuple(
        Part(option.text, option.right, index in chosen, option.feedback)
        for index, option in enumerate(options)
    )


def option_diagnosis(options: Sequence[PosedOption], chosen: Collection[int]) -> Diagnosis | None:
    """Return the mistake behind the first wrong option that was picked and that names one."""
    for index in sorted(chosen):
        option = options[index]
        if option.mistake is not None and option.feedback is not None and not option.right:
            return Diagnosis(option.mistake, option.feedback)
    return None


def joined(texts: Sequence[Localized]) -> Localized:
    """Return texts as one, after each other."""
    return Localized(*("; ".join(text.get(lang) for text in texts) for lang in LANGS))


def _alike(texts: Sequence[Localized]) -> str | None:
    for lang in LANGS:
        said = [text.get(lang) for text in texts]
        if (index := repeated(said)) is not None:
            return said[index]
    return None


def _posed(option: Option, setting: Setting) -> PosedOption:
    return PosedOption(
        setting.fill(option.text),
        option.right,
        option.feedback and setting.fill(option.feedback),
        option.mistake,
    )
