"""kamdesk: client dossiers and tailored proposals for one key account manager, offline."""

__version__ = "0.3.0"
