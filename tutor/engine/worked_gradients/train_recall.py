"""A short training: how well a cell recalls the first symbol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from tutor.engine.arguments import Arguments, Real
from tutor.engine.notation import array_term, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_gradients.shared import Seed, number_worked
from tutor.text.message import Message, msg

Length = Annotated[int, Field(ge=1, le=20, strict=True)]
Hidden = Annotated[int, Field(ge=1, le=32, strict=True)]
Symbols = Annotated[int, Field(ge=2, le=8, strict=True)]
Training = Annotated[int, Field(ge=1, le=300, strict=True)]


class TrainRecall(Arguments):
    """Arguments of `train_recall`; `tutor.engine.RecallTask` says what each of them does."""

    cell: Literal["rnn", "lstm", "gru"] = "lstm"
    length: Length = 10
    hidden_size: Hidden = 16
    symbols: Symbols = 4
    steps: Training = 200
    seed: Seed = 0
    forget_bias: Real = 1.0
    chrono: bool = False


@register("train_recall", TrainRecall)
def train_recall(args: TrainRecall) -> Worked:
    """Train a cell for some steps of Adam, and compute its accuracy on 1,000 fresh sequences.

    The terms `losses` and `accuracies` are those of each step's sequences.
    """
    from tutor.engine.learning.recall import train_recall as train
    from tutor.engine.learning.task import RecallTask

    task = RecallTask(
        cell=args.cell,
        length=args.length,
        hidden_size=args.hidden_size,
        symbols=args.symbols,
        seed=args.seed,
        forget_bias=args.forget_bias,
        chrono=args.chrono,
    )
    run = train(task, args.steps, snapshots=1)
    share = r"\frac{\operatorname{right}}{1000}"
    answer = Term("accuracy", msg("accuracy"), share, tex(run.accuracy), run.accuracy)
    terms = (
        answer,
        Term(
            "chance", msg("chance"), r"\frac{1}{C}", rf"\frac{{1}}{{{args.symbols}}}", task.chance
        ),
        array_term("losses", "$L$", r"-\ln p", run.losses),
        array_term("accuracies", "$A$", share, run.accuracies),
    )
    return number_worked(
        "train_recall", answer, terms, _lines(args, run.accuracy, task.chance), _mistakes(args)
    )


def _lines(args: TrainRecall, accuracy: float, chance: float) -> Iterator[Message]:
    yield msg(
        "Sequences of random symbols are read, {length} in each; after the last one the first is"
        " asked for.",
        length=args.length,
    )
    yield msg(
        "A guess among {symbols} symbols is right with probability {chance:.1%}.",
        symbols=args.symbols,
        chance=chance,
    )
    yield msg(
        "After step {steps:,} of training, {accuracy:.1%} of 1,000 fresh sequences are answered"
        " rightly.",
        steps=args.steps,
        accuracy=accuracy,
    )


def _mistakes(args: TrainRecall) -> Iterator[Mistake]:
    chance = 1 / args.symbols
    yield Mistake(
        "chance-instead",
        msg(
            r"$\val{value:.4g}$ is what guessing reaches. It is the accuracy before any"
            " training.",
            value=chance,
        ),
        chance,
    )
