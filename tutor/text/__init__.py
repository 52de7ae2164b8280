"""Words: safe, bilingual, with maths, independent of where they are shown."""
