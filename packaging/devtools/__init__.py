"""What ``dev.py`` does behind its verbs. Not part of the program: nothing here is installed or shipped."""
