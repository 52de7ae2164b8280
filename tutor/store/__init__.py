"""The learner's data: an append-only log of reviews in one SQLite file."""
