"""Pure comparers: numbers, formulas and text."""
