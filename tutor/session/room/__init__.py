"""A room in which a team answers the same questions at the same time."""
