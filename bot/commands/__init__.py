"""One command a module; `bot/cli.py` names them and loads one only when it is run."""
