"""Processes of the system: told to stop, bounded, ended with the one they work for, and their temporary files."""
