"""Sequence models of a few numbers, worked out."""
