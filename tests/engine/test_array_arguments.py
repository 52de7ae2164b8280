"""Arrays as arguments: what is refused, and how it is said."""

import pytest

from tutor.engine import EngineError, compute, registry
from tutor.engine.arguments import Arguments, Matrix, Vector
from tutor.engine.registry import register
from tutor.engine.worked import Worked, Written


class Weights(Arguments):
    matrix: Matrix
    vector: Vector | None = None


@pytest.fixture(autouse=True)
def _a_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_FUNCTIONS", {})

    @register("shape", Weights)
    def shape(args: Weights) -> Worked:
        parts = Written(
            written_formula="", written_substituted="", written_terms=(), written_lines=()
        )
        return Worked(name="shape", total=args.matrix, solution=parts)


def test_lists_are_taken() -> None:
    assert compute("shape", {"matrix": [[1, 2.5], [3, 4]]}).total == ((1.0, 2.5), (3.0, 4.0))
    assert compute("shape", {"matrix": ((1.0,),), "vector": [1]}).total == ((1.0,),)


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        ({"matrix": [[1, 2], [3]]}, "`matrix`: Row 2 is of length 1, the rows before it of length 2.", "one length"),
        ({"matrix": [[1, 2], [3, "x"]]}, "`matrix[1][1]` is `'x'`.", "`matrix[1][1]` is a number from"),
        ({"matrix": [[1, float("nan")]]}, "`matrix[0][1]` is `nan`.", "a number from"),
        ({"matrix": [[1, True]]}, "`matrix[0][1]` is `True`.", "a number from"),
        ({"matrix": [1, 2]}, "`matrix[0]` is `1`.", "`matrix[0]` is a list of 1 to 4,096 numbers."),
        ({"matrix": 3}, "`matrix` is `3`.", "`matrix` is a list of 1 to 4,096 rows of numbers."),
        ({"matrix": []}, "`matrix` is `()`.", "rows of numbers"),
        ({"matrix": [[1]], "vector": [float("inf")]}, "`vector[0]` is `inf`.", "a number from"),
        ({"matrix": [[1]], "vector": "ab"}, "`vector` is `'ab'`.", "a list of 1 to 4,096 numbers"),
    ],
)  # fmt: skip
def test_what_is_refused(args: dict[str, object], message: str, hint: str) -> None:
    with pytest.raises(EngineError) as caught:
        compute("shape", args)
    assert str(caught.value.message).replace("\\", "") == message
    assert hint in str(caught.value.hint).replace("\\", "")
