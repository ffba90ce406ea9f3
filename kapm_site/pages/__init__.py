"""A view → typed page contexts; the only readers of views, with no rule and no arithmetic left to templates."""
