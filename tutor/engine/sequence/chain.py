"""The structure and the long run of a Markov chain, in any kind of exact or floating numbers.

States are numbered from 0. Nothing here subtracts, so floats keep their digits and fractions
stay exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import TypeVar

from tutor.engine.error import EngineError
from tutor.text.message import msg

N = TypeVar("N", float, Fraction)
Rows = Sequence[Sequence[N]]


def classes(P: Rows[N]) -> tuple[tuple[int, ...], ...]:
    """Return the communicating classes: states that reach each other, by their first state."""
    reach = [_reached(P, i) for i in range(len(P))]
    done: set[int] = set()
    found = []
    for i in range(len(P)):
        if i not in done:
            members = tuple(j for j in range(len(P)) if j == i or (j in reach[i] and i in reach[j]))
            done.update(members)
            found.append(members)
    return tuple(found)


def closed_classes(P: Rows[N]) -> tuple[tuple[int, ...], ...]:
    """Return the classes that no probability leaves; every chain has one at least."""
    return tuple(
        members
        for members in classes(P)
        if not any(P[i][j] for i in members for j in range(len(P)) if j not in members)
    )


def only_closed_class(rows: Rows[N]) -> tuple[int, ...]:
    """Return the one class that is never left.

    Raises:
        EngineError: there are several.
    """
    closed = closed_classes(rows)
    if len(closed) > 1:
        groups = " · ".join(
            "{" + ", ".join(str(state + 1) for state in members) + "}" for members in closed
        )
        raise EngineError(
            msg(
                "`P` has {count:,} groups of states that the chain never leaves:"
                " {groups} (states counted from 1).",
                count=len(closed),
                groups=groups,
            ),
            msg(
                "Each has a stationary distribution of its own, so there is not a single one: where"
                " the chain ends depends on its start."
            ),
            argument="P",
        )
    return closed[0]


def period(P: Rows[N], members: Sequence[int]) -> int:
    """Return the period of a communicating class: the gcd of the lengths of its cycles.

    It is 0 for a class of one state that is never returned to.
    """
    inside = set(members)
    depth = {members[0]: 0}
    queue = [members[0]]
    common = 0
    for i in queue:  # breadth first; an edge to a state known already closes a cycle
        for j in inside:
            if P[i][j]:
                if j in depth:
                    common = gcd(common, depth[i] + 1 - depth[j])
                else:
                    depth[j] = depth[i] + 1
                    queue.append(j)
    return common


def stationary_of_class(P: Rows[N], members: Sequence[int]) -> tuple[N, ...]:
    """Return π with πP = π and sum 1 that lives on one closed class.

    States are eliminated one by one; what passed through one is given to the paths around it.

    Source: Grassmann, Taksar & Heyman 1985.
    """
    n = len(members)
    A = [[P[i][j] for j in members] for i in members]
    for k in range(n - 1, 0, -1):
        leaving = sum(A[k][1:k], A[k][0])
        for i in range(k):
            A[i][k] = A[i][k] / leaving
            for j in range(k):
                A[i][j] = A[i][j] + A[i][k] * A[k][j]
    weights = [A[0][0] - A[0][0] + 1]  # the number 1 of this kind
    for k in range(1, n):
        weights.append(sum((weights[i] * A[i][k] for i in range(1, k)), weights[0] * A[0][k]))
    total = sum(weights[1:], weights[0])
    zero = total - total
    share = {state: weight / total for state, weight in zip(members, weights, strict=True)}
    return tuple(share.get(state, zero) for state in range(len(P)))


def step(distribution: Sequence[N], P: Rows[N]) -> tuple[N, ...]:
    """Return πP: the distribution one step later."""
    columns = range(len(P))
    return tuple(
        sum((distribution[i] * P[i][j] for i in columns[1:]), distribution[0] * P[0][j])
        for j in columns
    )


def after(P: Rows[N], start: Sequence[N], n: int) -> tuple[N, ...]:
    """Return πPⁿ: the distribution n steps later."""
    now = tuple(start)
    for _ in range(n):
        now = step(now, P)
    return now


def exact_rows(rows: Rows[float]) -> tuple[tuple[Fraction, ...], ...]:
    """Return rows of decimals as fractions, each divided by its sum.

    A float stands for the shortest decimal that reads back as it: 0.1 is 1/10. The sum is 1
    for decimals; thirds written to 16 digits become thirds nearly.
    """
    exact = [[Fraction(repr(float(entry))) for entry in row] for row in rows]
    return tuple(tuple(entry / sum(row) for entry in row) for row in exact)


def _reached(P: Rows[N], start: int) -> set[int]:
    found: set[int] = set()
    queue = [start]
    while queue:
        i = queue.pop()
        new = [j for j in range(len(P)) if P[i][j] and j not in found]
        found.update(new)
        queue.extend(new)
    return found
