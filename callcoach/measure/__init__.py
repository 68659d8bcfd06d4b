"""A transcript becomes facts: talk measures, what utterances do, and what happened in the call."""
