"""How data gets in: an office's own files become a published DuckDB snapshot."""
