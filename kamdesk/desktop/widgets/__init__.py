"""Widgets that know no noun: what pages are put together from."""
