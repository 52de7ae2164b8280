"""Maths in a terminal: a documented subset of TeX, drawn in a line or as a block."""

from tutor.text.maths.block import block
from tutor.text.maths.box import Box
from tutor.text.maths.error import MathsError
from tutor.text.maths.fit import fit
from tutor.text.maths.inline import inline
from tutor.text.maths.nodes import Node
from tutor.text.maths.parser import parse

__all__ = ["Box", "MathsError", "Node", "block", "fit", "inline", "parse"]
