"""Figures: pure functions from records and a status date to what the pages say; no I/O, no clock."""
