"""What tells one voice from another on a single channel: sound, then groups, then how sure that is."""
