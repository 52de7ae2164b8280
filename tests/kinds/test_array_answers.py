"""Questions whose numbers come from arrays of the engine."""

from fractions import Fraction

from tutor.kinds import grade, parse, pose
from tutor.kinds.numeric import Numeric, PosedNumeric, TypedNumber
from tutor.text.localized import Localized

ATTENTION = Numeric.model_validate(
    {
        "kind": "numeric",
        "id": "t.weights",
        "draw": {"a": {"choose": [1, 2]}},
        "compute": {
            "attn": {
                "engine": "attention",
                "args": {
                    "q": [["a", 1, 0]],
                    "k": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
                    "v": [[1], [2], [3]],
                },
            }
        },
        "prompt": Localized("q = ({a}, 1, 0)", "q = ({a}, 1, 0)"),
        "answer": "attn.output_1_1",
        "tolerance": {"abs": 0.001},
        "mistakes": [
            {
                "id": "unscaled",
                "value": "attn.scores_1_1 + attn.scores_1_2",
                "say": Localized("{attn.scores_1_1}", "{attn.scores_1_1}"),
            }
        ],
        "explain": Localized("{attn.weights_1_2:.3f}", "{attn.weights_1_2:.3f}"),
    },
    strict=False,
)


def test_an_entry_of_an_array_is_an_answer() -> None:
    posed = pose(ATTENTION, 3, {"a": 1})
    assert isinstance(posed, PosedNumeric)
    assert abs(float(posed.answer) - 1.829) < 0.001
    assert posed.explain.en == "0.390"
    assert posed.solution is not None
    assert posed == pose(ATTENTION, 3, {"a": 1})
    assert hash(posed.solution) == hash(pose(ATTENTION, 3, {"a": 1}).solution)
    right = parse(posed, "1.829")
    assert isinstance(right, TypedNumber)
    assert grade(posed, right).score == 1.0
    verdict = grade(posed, TypedNumber(Fraction(2)))
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.mistake == "unscaled"
