"""How the taggers are made. Nothing outside this folder trains."""
