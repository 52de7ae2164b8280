"""Attention and Transformer layers on arrays, with every intermediate to look at."""
