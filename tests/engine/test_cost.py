"""Costs: PyTorch's counts, exact sizes, mistakes, crossovers, what is refused."""

import json
import re
from collections import Counter
from itertools import product
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.engine import EngineError, arguments, compute
from tutor.engine.worked import Worked
from tutor.text import maths
from tutor.text.speaker import ENGLISH

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "data" / "cost.json").read_text(encoding="utf-8")
)["cases"]


def test_enough_is_recorded() -> None:
    assert len(CASES) >= 12
    assert min(Counter(case["function"] for case in CASES).values()) >= 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["function"])
def test_agrees_with_pytorch(case: dict[str, Any]) -> None:
    args = case["args"]
    if case["function"] == "encoder":
        shared = {"seq_len": args["seq_len"]}
        attention = compute(
            "attention_flops",
            {**shared, "embed_dim": args["d_model"], "num_heads": args["num_heads"]},
        )
        ffn = compute(
            "ffn_flops",
            {**shared, "d_model": args["d_model"], "dim_feedforward": args["dim_feedforward"]},
        )
        assert attention.count + ffn.count == case["total"]
        return
    worked = compute(case["function"], args)
    if "total" in case:
        assert worked.total == case["total"]
        assert isinstance(worked.total, int)
    terms = {term.id: term.count for term in worked.terms}
    for names, value in case.get("terms", {}).items():
        assert sum(terms[name] for name in names.split("+")) == value


SAFE: list[tuple[str, dict[str, Any]]] = [
    *(
        ("attention_flops", {"seq_len": 100, "embed_dim": 512, "num_heads": h, "num_layers": L, "batch_size": B, "causal": c})
        for h, L, B, c in product((1, 8), (1, 6), (1, 32), (False, True))
    ),
    *(
        ("ffn_flops", {"seq_len": 100, "d_model": 512, "dim_feedforward": f, "num_layers": L, "batch_size": B})
        for f, L, B in product((2048, 1000), (1, 6), (1, 32))
    ),
    *(
        ("recurrent_flops", {"cell": cell, "seq_len": 17, "input_size": 10, "hidden_size": 24, "num_layers": L, "bidirectional": D, "batch_size": B})
        for cell, L, D, B in product(("rnn", "gru", "lstm"), (1, 3), (False, True), (1, 32))
    ),
    *(
        ("conv_flops", {"in_channels": 12, "out_channels": 60, "kernel_size": 5, "input_size": size, "groups": g, "batch_size": B})
        for size, g, B in product(([100], [28, 30]), (1, 3), (1, 32))
    ),
    ("conv_flops", {"in_channels": 1, "out_channels": 32, "kernel_size": 3, "input_size": [28, 28], "padding": 1}),
    ("conv_flops", {"in_channels": 64, "out_channels": 32, "kernel_size": 1, "input_size": [7, 7]}),
    ("conv_flops", {"in_channels": 16, "out_channels": 16, "kernel_size": 5, "input_size": [5], "groups": 16}),
    ("recurrent_flops", {"cell": "lstm", "seq_len": 1, "input_size": 10, "hidden_size": 24}),
    ("ffn_flops", {"seq_len": 1, "d_model": 512, "dim_feedforward": 2048}),
    *(
        ("score_memory", {"seq_len": 4096, "num_heads": h, "num_layers": L, "dtype": dtype, "unit": unit})
        for h, L, dtype, unit in product((1, 12), (1, 6), ("float64", "float32", "bfloat16", "int8"), ("bytes", "MiB", "GiB"))
    ),
    *(
        ("kv_cache", {"seq_len": 1000, "embed_dim": 768, "num_heads": 12, "num_kv_heads": kept, "num_layers": L, "dtype": dtype, "unit": unit})
        for kept, L, dtype, unit in product((None, 4, 1), (1, 7), ("float64", "float32", "float16", "int8"), ("bytes", "KiB"))
    ),
    *(
        ("activation_memory", {"layer": layer, "seq_len": 1000, "hidden_size": 60, "num_layers": L, "dtype": dtype})
        for layer, L, dtype in product(("rnn", "convolution"), (1, 7), ("float32", "float16"))
    ),
    ("activation_memory", {"layer": "gru", "seq_len": 100, "hidden_size": 60, "dtype": "float16"}),
    ("activation_memory", {"layer": "lstm", "seq_len": 100, "hidden_size": 60}),
    ("activation_memory", {"layer": "attention", "seq_len": 100, "hidden_size": 60, "num_heads": 6, "num_layers": 12}),
    ("activation_memory", {"layer": "attention", "seq_len": 100, "hidden_size": 60, "dim_feedforward": 240, "unit": "MiB"}),
    *(
        ("flash_attention", {"seq_len": 4096, "num_heads": h, "num_layers": L, "dtype": dtype})
        for h, L, dtype in product((1, 12), (1, 7), ("float32", "float16"))
    ),
    *(
        ("sequential_steps", {"layer": layer, "seq_len": 100, "num_layers": L})
        for layer, L in product(("recurrent", "convolution", "attention"), (1, 6))
    ),
    *(
        ("path_length", {"layer": layer, "seq_len": 100, "kernel_size": 3})
        for layer in ("recurrent", "convolution", "dilated", "attention")
    ),
    *(
        ("recurrence_crossover", {"d_model": d} | ({"cell": cell} if cell else {}))
        for d, cell in product((512, 513), (None, "rnn", "gru", "lstm"))
    ),
    *(("scores_crossover", {"d_model": 513, "dim_feedforward": f}) for f in (None, 1000)),
    *(
        ("scaling", {"quantity": quantity, "factor": factor, "grows": grows})
        for quantity, factor, grows in product(
            ("scores", "score_memory", "projections", "ffn", "recurrent", "kv_cache", "parameters"),
            (2, 3),
            ("seq_len", "embed_dim"),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "args"), SAFE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_mistakes_are_distinct_at_posed_sizes(name: str, args: dict[str, Any]) -> None:
    worked = compute(name, args)
    assert not worked.coinciding
    assert worked.mistakes
    said(worked)


def said(worked: Worked) -> None:
    """Check that everything can be said, and that the parts make the total."""
    words = [ENGLISH.say(step.text) for step in worked.steps]
    words += [ENGLISH.say(mistake.message) for mistake in worked.mistakes]
    words += [ENGLISH.say(term.label) for term in worked.terms]
    words += [f"${tex}$" for term in worked.terms for tex in (term.symbol, term.substituted)]
    words += [f"${worked.formula}$", f"${worked.substituted}$"]
    for text in words:
        assert "!" not in text
        for tex in re.findall(r"\$([^$]+)\$", text):
            maths.inline(maths.parse(tex))
    total = sum(term.value for term in worked.terms if not isinstance(term.value, tuple))
    assert total == pytest.approx(worked.total)


def mistakes(worked: Worked) -> dict[str, float]:
    return {mistake.id: mistake.value for mistake in worked.mistakes}


def test_the_lecture_examples() -> None:
    scores = compute("score_memory", {"seq_len": 4096, "num_heads": 8, "unit": "MiB"})
    assert scores.total == 512
    assert type(scores.total) is int
    assert mistakes(scores) == {
        "heads-forgotten": 64,
        "length-not-squared": 0.125,
        "decimal-unit": 536.870912,
        "bytes-forgotten": 128,
        "bits-for-bytes": 4096,
    }
    assert compute("score_memory", {"seq_len": 4096, "num_heads": 8}).total == 512 * 2**20
    assert compute("scores_crossover", {"d_model": 512}).total == 6 * 512
    for quantity, factor in (("scores", 4), ("ffn", 2), ("parameters", 1)):
        assert compute("scaling", {"quantity": quantity}).total == factor
    paths = [compute("path_length", {"layer": layer, "seq_len": 81, "kernel_size": 3}).total for layer in ("recurrent", "convolution", "dilated", "attention")]  # fmt: skip
    assert paths == [81, 27, 4, 1]


@given(st.integers(1, 10**15), st.integers(1, 10**15), st.integers(1, 10**15))
def test_scores_overtake_at_the_crossover(d: int, f: int, beyond: int) -> None:
    N = compute("scores_crossover", {"d_model": d, "dim_feedforward": f}).count
    assert 2 * d + f == N

    def ahead(length: int) -> int:
        if length > 10**15:
            return 0
        attention = compute("attention_flops", {"seq_len": length, "embed_dim": d})
        ffn = compute("ffn_flops", {"seq_len": length, "d_model": d, "dim_feedforward": f})
        projections, scores, summed = (term.count for term in attention.terms)
        return scores + summed - projections - ffn.count

    assert ahead(N) == 0
    assert ahead(N + beyond) >= 0
    assert ahead(max(1, N - beyond)) <= 0


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(2, 9))
def test_scaling_is_what_the_counts_do(N: int, d: int, a: int) -> None:
    def attention(n: int, width: int) -> dict[str, int]:
        worked = compute("attention_flops", {"seq_len": n, "embed_dim": width})
        return {term.id: term.count for term in worked.terms}

    for grows, n, width in (("seq_len", a * N, d), ("embed_dim", N, a * d)):
        for quantity, term in (("scores", "scores"), ("projections", "projections")):
            factor = compute("scaling", {"quantity": quantity, "factor": a, "grows": grows}).count
            assert attention(n, width)[term] == factor * attention(N, d)[term]
        factor = compute("scaling", {"quantity": "kv_cache", "factor": a, "grows": grows}).count
        before, after = (
            compute("kv_cache", {"seq_len": m, "embed_dim": w}).count
            for m, w in ((N, d), (n, width))
        )
        assert after == factor * before
        factor = compute("scaling", {"quantity": "score_memory", "factor": a, "grows": grows}).count
        assert (
            compute("score_memory", {"seq_len": n}).count
            == factor * compute("score_memory", {"seq_len": N}).count
        )


@given(st.integers(1, 300), st.integers(1, 40))
def test_causal_counts_allowed_pairs(N: int, d: int) -> None:
    worked = compute("attention_flops", {"seq_len": N, "embed_dim": d, "causal": True})
    pairs = sum(1 for i in range(N) for j in range(N) if j <= i)
    assert {term.id: term.count for term in worked.terms} == {
        "projections": 8 * N * d * d, "scores": 2 * pairs * d, "weighted_sum": 2 * pairs * d,
    }  # fmt: skip


@given(st.integers(2, 2000), st.integers(2, 9))
def test_paths(n: int, k: int) -> None:
    def length(layer: str) -> int:
        return compute("path_length", {"layer": layer, "seq_len": n, "kernel_size": k}).count

    assert length("convolution") == ceil(n / k)
    layers = length("dilated")
    assert k**layers >= n
    assert layers == 1 or k ** (layers - 1) < n
    assert (length("recurrent"), length("attention")) == (n, 1)


@given(st.integers(2, 500), st.integers(2, 9))
def test_the_exact_number_of_causal_layers_is_a_mistake(n: int, k: int) -> None:
    layers, reach = 0, 1
    while reach < n:
        layers, reach = layers + 1, reach + k - 1
    worked = compute("path_length", {"layer": "convolution", "seq_len": n, "kernel_size": k})
    if "exact-layers" not in worked.coinciding:
        assert mistakes(worked)["exact-layers"] == layers
    assert "1 layers" not in " ".join(ENGLISH.say(step.text) for step in worked.steps)


def test_a_path_of_convolutions_says_which_it_means() -> None:
    worked = compute("path_length", {"layer": "convolution", "seq_len": 100, "kernel_size": 3})
    assert worked.total == 34
    assert mistakes(worked)["exact-layers"] == 50
    assert "causal" in " ".join(ENGLISH.say(step.text) for step in worked.steps)


def test_what_a_backward_pass_reads_at_a_step() -> None:
    def kept(layer: str) -> int:
        args = {"layer": layer, "seq_len": 7, "hidden_size": 3, "dtype": "int8"}
        return compute("activation_memory", args).count // (7 * 3)

    # h; r, z, n, h and U_n h + b_hn, the workspace of PyTorch's fused kernel; i, f, g, o, c, h
    assert [kept(layer) for layer in ("rnn", "gru", "lstm")] == [1, 5, 6]


@given(d=st.integers(1, 10**15), by=st.integers(1, 10**6))
def test_from_its_width_on_attention_is_of_the_higher_order(d: int, by: int) -> None:
    N = compute("recurrence_crossover", {"d_model": d}).count
    assert d == N
    assert N**2 * d == N * d**2
    assert (N + by) ** 2 * d > (N + by) * d**2


@given(
    cell=st.sampled_from(["rnn", "gru", "lstm"]), d=st.integers(1, 10**6), by=st.integers(1, 999)
)
def test_recurrence_crossover_is_where_the_counts_cross(cell: str, d: int, by: int) -> None:
    N = compute("recurrence_crossover", {"d_model": d, "cell": cell}).count

    def more(length: int) -> int:
        attention = compute("attention_flops", {"seq_len": length, "embed_dim": d})
        layer = {"cell": cell, "seq_len": length, "input_size": d, "hidden_size": d}
        return attention.count - compute("recurrent_flops", layer).count

    assert more(N + by) > 0
    assert more(N + 1) > 0
    assert (more(N) == 0) if N else (cell == "rnn")
    if N > 1:
        assert more(N - 1) < 0


def test_sequential_steps_are_the_longest_chain() -> None:
    for N, L in product((1, 2, 9), (1, 2, 5)):
        ready: dict[tuple[int, int], int] = {}
        for layer, t in product(range(L), range(N)):
            ready[layer, t] = 1 + max(ready.get((layer - 1, t), 0), ready.get((layer, t - 1), 0))
        args = {"layer": "recurrent", "seq_len": N, "num_layers": L}
        assert compute("sequential_steps", args).total == max(ready.values())


def test_absurd_sizes_are_exact() -> None:
    N = 10**15
    assert compute("score_memory", {"seq_len": N, "num_heads": N}).total == 4 * N**3
    worked = compute(
        "attention_flops", {"seq_len": N, "embed_dim": N - 1, "num_layers": N, "batch_size": N}
    )
    assert worked.total == N * N * (8 * N * (N - 1) ** 2 + 4 * N * N * (N - 1))
    said(worked)


def test_grouped_queries_share_keys() -> None:
    llama = {"seq_len": 8192, "embed_dim": 4096, "num_heads": 32, "num_layers": 32, "unit": "GiB"}
    assert compute("kv_cache", llama).total == 4
    shared = compute("kv_cache", {**llama, "num_kv_heads": 8})
    assert shared.total == 1
    assert mistakes(shared)["all-heads-kept"] == 4
    assert mistakes(shared)["keys-only"] == 0.5
    for heads, words in ((8, "share 8 heads of keys"), (1, "share one head of keys")):
        worked = compute("kv_cache", {**llama, "num_kv_heads": heads})
        assert words in " ".join(ENGLISH.say(step.text) for step in worked.steps)


def test_flash_attention_keeps_no_scores() -> None:
    args = {"seq_len": 4096, "num_heads": 8, "dtype": "float32", "unit": "MiB"}
    flash = compute("flash_attention", args)
    assert flash.total == 0.125
    assert mistakes(flash)["scores-written-out"] == compute("score_memory", args).total


@pytest.mark.parametrize(
    ("name", "args", "argument", "words"),
    [
        ("attention_flops", {"seq_len": 5, "embed_dim": 10, "num_heads": 3}, "num_heads", "`num_heads` = 3"),
        ("attention_flops", {"seq_len": 0, "embed_dim": 10}, "seq_len", "`0`"),
        ("attention_flops", {"seq_len": 2.5, "embed_dim": 10}, "seq_len", "`2.5`"),
        ("attention_flops", {"seq_len": 10**16, "embed_dim": 10}, "seq_len", "`10000000000000000`"),
        ("ffn_flops", {"seq_len": 5, "d_model": -1, "dim_feedforward": 3}, "d_model", "`-1`"),
        ("recurrent_flops", {"cell": "transformer", "seq_len": 5, "input_size": 1, "hidden_size": 1}, "cell", "transformer"),
        ("conv_flops", {"in_channels": 4, "out_channels": 6, "kernel_size": 3, "input_size": [9], "groups": 3}, "groups", "`3`"),
        ("conv_flops", {"in_channels": 6, "out_channels": 4, "kernel_size": 3, "input_size": [9], "groups": 3}, "groups", "`3`"),
        ("conv_flops", {"in_channels": 1, "out_channels": 1, "kernel_size": 5, "input_size": [4]}, "kernel_size", "over 5 positions"),
        ("conv_flops", {"in_channels": 1, "out_channels": 1, "kernel_size": 3, "input_size": [1, 2, 3]}, "input_size", "(1, 2, 3)"),
        ("kv_cache", {"seq_len": 5, "embed_dim": 12, "num_heads": 6, "num_kv_heads": 4}, "num_kv_heads", "`4`"),
        ("kv_cache", {"seq_len": 5, "embed_dim": 12, "num_heads": 5}, "num_heads", "`num_heads` = 5"),
        ("score_memory", {"seq_len": 5, "dtype": "float8"}, "dtype", "float8"),
        ("score_memory", {"seq_len": 5, "unit": "MB"}, "unit", "MB"),
        ("path_length", {"layer": "convolution", "seq_len": 5, "kernel_size": 1}, "kernel_size", "`1`"),
        ("scaling", {"quantity": "scores", "factor": 1}, "factor", "`1`"),
        ("activation_memory", {"layer": "lstm", "seq_len": 5, "hidden_size": float("nan")}, "hidden_size", "nan"),
        ("activation_memory", {"layer": "lstm", "seq_len": 5, "hidden_size": 4, "num_heads": 2}, "num_heads", "`lstm`"),
        ("activation_memory", {"layer": "convolution", "seq_len": 5, "hidden_size": 4, "dim_feedforward": 2}, "dim_feedforward", "`convolution`"),
    ],
)  # fmt: skip
def test_refused(name: str, args: dict[str, Any], argument: str, words: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, args)
    assert caught.value.argument == argument
    assert words in str(caught.value.message).replace("\\", "")
    assert caught.value.hint is not None


MODELS = [
    (name, field)
    for name in sorted({name for name, _ in SAFE})
    for field, info in arguments(name).model_fields.items()
    if info.is_required() or type(info.default) is int
    if field not in {"cell", "layer", "quantity", "input_size"}
]


@pytest.mark.parametrize(("name", "field"), MODELS)
@pytest.mark.parametrize("value", [-1, 1.5, True, "3", 10**16, float("nan"), None, [2]])
def test_sizes_are_whole_numbers_in_range(name: str, field: str, value: object) -> None:
    args = next(args for safe, args in SAFE if safe == name)
    with pytest.raises(EngineError) as caught:
        compute(name, {**args, field: value})
    assert caught.value.argument == field


@given(st.data())
def test_parts_make_the_total_at_any_size(data: st.DataObject) -> None:
    name, args = data.draw(st.sampled_from(SAFE))
    sizes = {
        field: data.draw(st.integers(2, 10**15))
        for field in ("seq_len", "hidden_size", "input_size", "d_model", "dim_feedforward", "batch_size", "out_channels")
        if field in args and isinstance(args[field], int) and not args.get("groups", 1) > 1
    }  # fmt: skip
    if name == "activation_memory" and "hidden_size" in sizes:  # heads share the width
        sizes["hidden_size"] -= sizes["hidden_size"] % args.get("num_heads", 1)
        sizes["hidden_size"] = max(sizes["hidden_size"], args.get("num_heads", 1))
    worked = compute(name, {**args, **sizes})
    assert sum(term.value for term in worked.terms) == pytest.approx(worked.total)
    if args.get("unit", "bytes") == "bytes" and not name.endswith("_crossover"):
        assert sum(term.count for term in worked.terms) == worked.count
    values = [worked.total, *(mistake.value for mistake in worked.mistakes)]
    assert len(set(values)) == len(values)
    said(worked)
