"""Seeded noise: the same everywhere, and of the distribution it says."""

import numpy as np
import pytest

from tutor.engine.noise import normal, uniform


def test_the_bits_are_those_of_pcg64() -> None:
    reference = np.random.Generator(np.random.PCG64(42))
    assert np.array_equal(uniform(42, 2, 3).ravel(), reference.random(6))


@pytest.mark.parametrize("seed", [0, 1, 2**31 - 1])
def test_normal_numbers_have_mean_0_and_variance_1(seed: int) -> None:
    numbers = normal(seed, 200, 100)
    assert numbers.shape == (200, 100)
    assert abs(numbers.mean()) < 0.03
    assert abs(numbers.std() - 1.0) < 0.03
    assert abs((numbers**4).mean() - 3.0) < 0.25
    assert np.array_equal(numbers, normal(seed, 200, 100))
    assert not np.array_equal(numbers, normal(seed + 7, 200, 100))
