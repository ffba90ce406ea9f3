"""The vocabulary: frozen records of every file and key, with ids, units and marks."""
