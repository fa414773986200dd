"""`digest`: the week in one post, once, on a schedule."""
