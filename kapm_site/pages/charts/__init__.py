"""Charts drawn at build time: numbers and dates become frozen geometry that a template only writes out.

Each module holds one family of charts: small input records without any tie to the model, and `draw_*`
functions that give a record for the template of the same name, or None where there is nothing to draw. All
visible text arrives finished, dates and numbers through functions of the reader's language.
"""
