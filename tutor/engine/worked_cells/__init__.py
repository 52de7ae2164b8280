"""Recurrent cells worked out: one step with given numbers, and whole sequences."""
