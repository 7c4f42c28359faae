"""The chapters of a 通报, in the order it is read. Each takes what was gathered and returns its sections."""
