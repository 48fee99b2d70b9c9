"""The encrypted vault: keys, connections, unit of work, history, search, files."""
