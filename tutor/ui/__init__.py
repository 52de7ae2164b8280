"""The screen: Textual widgets that show sessions, and turn keys into their events."""
