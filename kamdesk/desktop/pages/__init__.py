"""The pages: what the user works on. How one is written stands in ``kamdesk.desktop``."""
