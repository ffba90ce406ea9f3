"""Load → check → analyse → view → pages → render → publish: each stage passes values to the next."""
