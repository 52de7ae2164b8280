"""What a learner remembers of each card, and when to ask again."""
