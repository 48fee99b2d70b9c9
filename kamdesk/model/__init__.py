"""What exists: value types, vocabularies, frozen inputs, and the mapped entities in ``tables``."""
