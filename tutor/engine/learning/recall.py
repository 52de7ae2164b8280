"""Training a cell to recall the first symbol, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutor.engine.gradients.clipping import clip_by_norm, global_norm
from tutor.engine.learning.adam import Adam
from tutor.engine.learning.network import Network, accuracy, lesson, start
from tutor.engine.learning.task import AT_ONCE, LARGEST, RecallTask, sequences
from tutor.engine.scalars import whole

Array = NDArray[np.float64]
_FRESH = 2**31  # streams from here on are never trained on


@dataclass(frozen=True, slots=True, eq=False)
class RecallState:
    """Training after some steps.

    Attributes:
        step: how many steps were taken.
        network: the parameters after them.
        loss: of the step's sequences, before it, in nats; ln of the number of symbols by chance.
        accuracy: of the same sequences.
        gradient_norm: the global norm of the gradient before it was clipped.
    """

    step: int
    network: Network
    loss: float
    accuracy: float
    gradient_norm: float


@dataclass(frozen=True, slots=True, eq=False)
class RecallRun:
    """A whole training.

    Attributes:
        task: what was trained.
        losses: of each step's sequences, (steps,), in nats.
        accuracies: of the same, (steps,).
        accuracy: on 1,000 fresh sequences, after the last step.
        network: the parameters after the last step.
        snapshots: states on the way, the last step's included.
    """

    task: RecallTask
    losses: Array
    accuracies: Array
    accuracy: float
    network: Network
    snapshots: tuple[RecallState, ...]


def recall_steps(task: RecallTask) -> Iterator[RecallState]:
    """Train without end, and yield the state after each step: the caller decides when to stop.

    Each step takes fresh sequences, clips the gradient by its norm and lets Adam step. The same
    task gives the same states.
    """
    network, adam = start(task), Adam(lr=task.learning_rate)
    step = 0
    while True:
        step += 1
        taught = lesson(network, task, sequences(task, step, task.batch_size))
        clipped = clip_by_norm(taught.gradients, task.max_norm)
        adam, updated = adam.stepped(network.parameters, clipped)
        network = Network(*updated)
        yield RecallState(
            step, network, taught.loss, taught.accuracy, global_norm(taught.gradients)
        )


def train_recall(task: RecallTask, steps: int, *, snapshots: int = 10) -> RecallRun:
    """Train for a number of steps.

    Args:
        task: the cell, the length of its sequences and how it is trained.
        steps: up to 10,000.
        snapshots: how many states to keep, evenly spaced.

    Raises:
        EngineError: a number of steps or snapshots that is out of range.
    """
    whole("steps", steps, most=LARGEST)
    whole("snapshots", snapshots, most=LARGEST)
    kept = {round(step) for step in np.linspace(0, steps, min(snapshots, steps) + 1)[1:]}
    losses, accuracies, states = np.empty(steps), np.empty(steps), []
    for state in recall_steps(task):
        at = state.step - 1
        losses[at], accuracies[at] = state.loss, state.accuracy
        if state.step in kept:
            states.append(state)
        if state.step == steps:
            break
    network = states[-1].network
    return RecallRun(
        task, losses, accuracies, recall_accuracy(network, task), network, tuple(states)
    )


def recall_accuracy(
    network: Network, task: RecallTask, *, count: int = 1000, stream: int = 0
) -> float:
    """Return the share of right answers on fresh sequences, never trained on.

    Args:
        network: the parameters.
        task: whose sequences.
        count: how many sequences.
        stream: another number gives other sequences.
    """
    whole("count", count, most=10**5)
    whole("stream", stream, least=0, most=LARGEST)
    fresh = sequences(task, _FRESH + stream, count)  # (T, count)
    parts = [fresh[:, first : first + AT_ONCE] for first in range(0, count, AT_ONCE)]
    right = sum(accuracy(network, task, part) * part.shape[1] for part in parts)
    return float(right / count)
