"""How the measurement intervals are made. Nothing outside this folder trains."""
