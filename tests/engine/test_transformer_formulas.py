"""Attention and Transformers with any sizes: formulas, tensors, solutions and mistakes agree."""

import re
from itertools import combinations
from math import prod

from hypothesis import given

from tests.engine.tex import said, value_of
from tests.engine.transformer_requests import Request, requests, symbols_of
from tutor.engine import compute
from tutor.text import maths


@given(requests())
def test_everything_sums_to_the_total(request_: Request) -> None:
    worked = compute(*request_)
    assert type(worked.total) is int
    assert sum(term.value for term in worked.terms) == worked.total
    for term in worked.terms:
        assert term.shape
        assert term.times * prod(term.shape) == term.value
        assert value_of(term.substituted) == term.value
    assert value_of(worked.substituted) == worked.total
    assert len({term.id for term in worked.terms}) == len(worked.terms)
    assert all(term.id.isidentifier() for term in worked.terms)


@given(requests())
def test_symbols_have_the_numbers_value(request_: Request) -> None:
    worked = compute(*request_)
    symbols = symbols_of(*request_)
    assert value_of(worked.formula, symbols) == worked.total
    for term in worked.terms:
        assert value_of(term.symbol, symbols) == term.value


@given(requests())
def test_mistakes_are_told_apart(request_: Request) -> None:
    worked = compute(*request_)
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert all(a != b for a, b in combinations(values, 2))
    ids = [mistake.id for mistake in worked.mistakes] + list(worked.coinciding)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


@given(requests())
def test_everything_can_be_said(request_: Request) -> None:
    worked = compute(*request_)
    for tex in (worked.formula, worked.substituted):
        maths.inline(maths.parse(tex))
    for term in worked.terms:
        maths.inline(maths.parse(term.symbol))
        maths.inline(maths.parse(term.substituted))
    for mistake in worked.mistakes:
        assert said(mistake.message).startswith(f"{mistake.value:,} ")
    assert [said(step.text) for step in worked.steps][-1] == (
        f"Parameters in total: {worked.total:,}."
    )
    for variant in worked.variants:
        assert said(variant.why).endswith(".")
        assert said(variant.label)


@given(requests())
def test_a_mistakes_sum_is_its_value(request_: Request) -> None:
    for mistake in compute(*request_).mistakes:
        sums = re.findall(r"\$([^$]+)\$", said(mistake.message))
        assert sums, mistake.id
        assert value_of(sums[0]) == mistake.value


@given(requests())
def test_the_lines_add_up(request_: Request) -> None:
    for step in compute(*request_).steps:
        for tex in re.findall(r"\$([^$]+)\$", said(step.text)):
            if tex.count("=") == 2:
                symbols, numbers, count = tex.split("=")
                assert value_of(numbers) == value_of(count)
                assert value_of(symbols, symbols_of(*request_)) == value_of(count)


@given(requests())
def test_a_convention_is_its_own_variant(request_: Request) -> None:
    name, args = request_
    worked = compute(name, args)
    if "convention" in args:
        totals = {variant.convention: variant.total for variant in worked.variants}
        assert totals[args["convention"]] == worked.total
