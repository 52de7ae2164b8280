"""Commands: everything that can be done without a screen, and the door to the one with it."""
