"""Training cells to recall the first symbol."""

import math
from itertools import islice
from typing import Any

import numpy as np
import pytest

from tutor.engine import EngineError
from tutor.engine.learning.network import lesson, scores, start
from tutor.engine.learning.recall import recall_accuracy, recall_steps, train_recall
from tutor.engine.learning.task import CELLS, RecallTask, one_hot, sequences


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_an_lstm_learns_ten_steps(seed: int) -> None:
    run = train_recall(RecallTask("lstm", length=10, seed=seed), 200)
    assert run.accuracy > 0.99
    assert recall_accuracy(run.network, run.task, stream=1) > 0.99
    assert run.losses[0] == pytest.approx(math.log(4), abs=0.2)
    assert run.losses[-1] < 0.1 * run.losses[0]


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_learns_four_steps(cell: Any) -> None:
    run = train_recall(RecallTask(cell, length=4, symbols=3), 150, snapshots=3)
    assert run.accuracy > 0.99
    assert [state.step for state in run.snapshots] == [50, 100, 150]
    assert run.snapshots[-1].network is run.network
    assert len(run.losses) == len(run.accuracies) == 150


def test_untrained_networks_guess() -> None:
    for seed in range(5):
        task = RecallTask(length=10, seed=seed, symbols=5)
        assert task.chance == 0.2
        assert recall_accuracy(start(task), task) == pytest.approx(task.chance, abs=0.06)


def test_truncation_keeps_the_first_symbol_from_being_learned() -> None:
    run = train_recall(RecallTask(length=8, truncation=4), 150)
    assert run.accuracy < 0.6


def test_training_is_a_function_of_the_seed() -> None:
    task = RecallTask("gru", length=3, hidden_size=4)
    first, again = (list(islice(recall_steps(task), 5)) for _ in range(2))
    other = list(islice(recall_steps(RecallTask("gru", length=3, hidden_size=4, seed=1)), 5))
    assert [state.loss for state in first] == [state.loss for state in again]
    assert [state.step for state in first] == [1, 2, 3, 4, 5]
    assert first[4].loss != other[4].loss
    for mine, same in zip(first[4].network.parameters, again[4].network.parameters, strict=True):
        np.testing.assert_array_equal(mine, same)


@pytest.mark.parametrize("cell", CELLS)
def test_a_lesson_is_the_slope_of_the_loss(cell: Any) -> None:
    task = RecallTask(cell, length=3, hidden_size=3, symbols=2, batch_size=4)
    network, drawn = start(task), sequences(task, 7, 4)
    taught = lesson(network, task, drawn)
    assert scores(network, task, drawn).shape == (4, 2)
    for name, slope in zip(network.__slots__, taught.gradients, strict=True):
        tensor = getattr(network, name)
        assert slope.shape == tensor.shape
        at = tuple(size - 1 for size in tensor.shape)
        losses = []
        for step in (1e-6, -1e-6):
            moved = {n: getattr(network, n).copy() for n in network.__slots__}
            moved[name][at] += step
            losses.append(lesson(type(network)(**moved), task, drawn).loss)
        assert (losses[0] - losses[1]) / 2e-6 == pytest.approx(slope[at], abs=1e-8)


def test_the_forget_bias_stands_in_its_block() -> None:
    network = start(RecallTask(hidden_size=2, forget_bias=3.0))
    assert network.bias_ih.tolist() == [0, 0, 3, 3, 0, 0, 0, 0]
    assert not start(RecallTask("gru", forget_bias=3.0)).bias_ih.any()


def test_chrono_initialisation_spreads_the_forget_gates() -> None:
    bias = start(RecallTask(length=40, hidden_size=200, chrono=True)).bias_ih
    times = np.exp(bias[200:400])
    assert 1 <= times.min() < 3
    assert 37 < times.max() <= 39
    assert times.mean() == pytest.approx(20, abs=2)
    np.testing.assert_array_equal(bias[:200], -bias[200:400])
    assert not bias[400:].any()
    assert not start(RecallTask(length=1, chrono=True)).bias_ih.any()


def test_symbols_are_spread_evenly() -> None:
    drawn = sequences(RecallTask(length=100), 1, 100)
    assert set(drawn.flat) == {0, 1, 2, 3}
    assert np.bincount(drawn.ravel()).min() > 2300
    assert one_hot(drawn, 4).shape == (100, 100, 4)
    assert not np.array_equal(drawn, sequences(RecallTask(length=100), 2, 100))


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("cell", "transformer"),
        ("length", 0),
        ("length", 2.0),
        ("hidden_size", -1),
        ("hidden_size", 10**12),
        ("symbols", 1),
        ("batch_size", True),
        ("seed", -1),
        ("truncation", 0),
        ("learning_rate", 0.0),
        ("learning_rate", math.nan),
        ("max_norm", math.inf),
        ("forget_bias", math.nan),
        ("nonlinearity", "gelu"),
    ],
)
def test_tasks_that_are_refused(argument: str, value: Any) -> None:
    with pytest.raises(EngineError) as caught:
        RecallTask(**{argument: value})
    assert caught.value.argument == argument


@pytest.mark.parametrize(("argument", "value"), [("steps", 0), ("steps", 10**6), ("snapshots", 0)])
def test_trainings_that_are_refused(argument: str, value: int) -> None:
    options = {"steps": 3, "snapshots": 1} | {argument: value}
    with pytest.raises(EngineError) as caught:
        train_recall(RecallTask(), **options)
    assert caught.value.argument == argument
