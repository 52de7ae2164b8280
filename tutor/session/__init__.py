"""Pure state machines: the course of a session, without screen, clock or file."""
