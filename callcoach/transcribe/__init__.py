"""A recording or a vendor's file becomes a `Transcript`."""
