"""Names, arguments and what is refused."""

import ast
import subprocess
import sys
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import numpy as np
import pytest

from tutor import engine
from tutor.engine import EngineError, arguments, compute, describe, names, registry
from tutor.engine.arguments import Arguments
from tutor.engine.functions import WHERE
from tutor.engine.registry import register

SAFE = {"input_size": 10, "hidden_size": 24}


def test_all_functions_have_models() -> None:
    assert {"rnn_params", "lstm_params", "gru_params", "dense_params"} <= set(names())
    assert list(names()) == sorted(names())
    for name in names():
        model = arguments(name)
        assert issubclass(model, Arguments)
        assert model.model_config.get("frozen")
        assert model.model_json_schema()["additionalProperties"] is False


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("lstm_parms", "lstm_params"), ("LSTM_params", "lstm_params"), ("__class__", ", ")],
)
def test_unknown_function(name: str, suggestion: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute(name, {})
    assert name in str(caught.value.message)
    assert suggestion in str(caught.value.hint)
    with pytest.raises(EngineError):
        arguments(name)


@pytest.mark.parametrize(
    "value",
    [0, -1, 10**15 + 1, True, 24.0, 24.5, "24", Fraction(24), Fraction(1, 2), None, [24], np.int64(24), float("nan"), float("inf"), 10**5000],
    ids=lambda value: f"{type(value).__name__}-{str(value)[:8] if not isinstance(value, int) else value.bit_length()}",
)  # fmt: skip
def test_sizes_are_whole_numbers_in_range(value: object) -> None:
    with pytest.raises(EngineError) as caught:
        compute("lstm_params", {"input_size": 10, "hidden_size": value})
    assert caught.value.argument == "hidden_size"
    assert "hidden_size" in str(caught.value.message)
    assert "a whole number from 1 to 1,000,000,000,000,000" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("args", "argument", "words"),
    [
        ({**SAFE, "hidden": 3}, "hidden", "`hidden_size`"),
        ({"input_size": 10, "hidden": 3}, "hidden", "`hidden_size`"),
        ({"input_size": 10}, "hidden_size", "needs the argument"),
        ({**SAFE, "convention": "tensorflow"}, "convention", "pytorch, keras, textbook"),
        ({**SAFE, "convention": 3}, "convention", "pytorch, keras, textbook"),
        ({**SAFE, "bias": 1}, "bias", "`true` or `false`"),
        ({**SAFE, "bidirectional": "no"}, "bidirectional", "`true` or `false`"),
        ({**SAFE, "reset_after": "yes"}, "reset_after", "`true` or `false`"),
        ({**SAFE, "seq_len": 0}, "seq_len", "whole number"),
    ],
)
def test_refused_arguments(args: dict[str, object], argument: str, words: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute("gru_params", args)
    assert caught.value.argument == argument
    assert words in str(caught.value)


@pytest.mark.parametrize("key", [1, None, ("a",), ""])
@pytest.mark.parametrize("name", ["lstm_params", "bptt"])
def test_arguments_whose_name_is_no_name(name: str, key: object) -> None:
    with pytest.raises(EngineError, match="has no argument"):
        compute(name, {**SAFE, key: 2})


def test_values_are_shown_without_control_characters() -> None:
    with pytest.raises(EngineError) as caught:
        compute("lstm_params", {**SAFE, "convention": "\x1b[2J" + "x" * 10_000})
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="lstm_params"):
        register("lstm_params", Arguments)(lambda _: compute("lstm_params", SAFE))


def test_a_function_is_described_from_where_it_stands() -> None:
    lstm = describe("lstm_params")
    assert (lstm.name, lstm.family) == ("lstm_params", "params")
    assert lstm.summary == "Count the parameters of LSTM layers: 4h(d + h + b) each."
    assert lstm.source.startswith("Hochreiter & Schmidhuber 1997, Gers et al. 2000")
    assert lstm.model is arguments("lstm_params")
    assert describe("softmax").family == "activations"
    with pytest.raises(EngineError):
        describe("lstm_parms")


def test_counting_loads_no_numpy() -> None:
    code = (
        "import sys; from tutor.engine import compute;"
        "compute('lstm_params', {'input_size': 10, 'hidden_size': 24});"
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_functions_on_arrays_are_imported_by_name() -> None:
    for name in engine.__all__:
        assert getattr(engine, name) is not None
    assert set(engine._EXPORTED) <= set(engine.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lstmm'"):
        engine.lstmm  # noqa: B018 - asking is what is tested


def test_the_table_says_where_each_function_is() -> None:
    for module in walk_packages(engine.__path__, "tutor.engine."):
        import_module(module.name)
    registered = {
        name: entry.function.__module__
        for name, entry in registry._FUNCTIONS.items()
        if entry.function.__module__.startswith("tutor.engine.")
    }
    assert registered == WHERE


def test_only_what_is_used_is_imported() -> None:
    code = (
        "import sys; from tutor.engine import compute;"
        "before = [m for m in sys.modules if m.startswith('tutor.engine.')];"
        "compute('lstm_params', {'input_size': 10, 'hidden_size': 24});"
        "assert len(before) < 8, before;"
        "assert 'tutor.engine.params.lstm' in sys.modules;"
        "assert 'tutor.engine.params.gpt' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_names_for_type_checkers_are_those_that_are_imported() -> None:
    tree = ast.parse(Path(engine.__file__).read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    said = {
        alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert said == engine._EXPORTED
