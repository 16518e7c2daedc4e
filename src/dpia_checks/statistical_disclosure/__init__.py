"""Whether published tables, taken together, show something about one person or a handful. Knows no file."""
