"""The parameter workbench: where the parameters of a layer are."""

from tutor.labs.parameters.bench import Bench
from tutor.labs.parameters.controls import ParametersControls
from tutor.labs.parameters.frame import (
    ConventionCount,
    ParametersFrame,
    Rest,
    Share,
    alike,
    folded,
    function_of,
    parameters_frame,
)
from tutor.labs.parameters.guess import Guess, Malformed, diagnose, diagnose_count

__all__ = [
    "Bench",
    "ConventionCount",
    "Guess",
    "Malformed",
    "ParametersControls",
    "ParametersFrame",
    "Rest",
    "Share",
    "alike",
    "diagnose",
    "diagnose_count",
    "folded",
    "function_of",
    "parameters_frame",
]
