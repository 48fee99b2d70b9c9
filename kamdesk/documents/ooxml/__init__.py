"""Reading and writing the zip of a Word file (Office Open XML) without trusting it."""
