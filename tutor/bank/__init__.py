"""Question files: read with their marks, validated, checked."""
