"""Dialogs; ``base`` holds what all of them share."""
