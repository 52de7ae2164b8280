"""Gradients through time and depth, on arrays."""
