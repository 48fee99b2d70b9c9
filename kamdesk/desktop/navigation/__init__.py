"""Moving about: targets, their history, the rail on the left, the box on top."""
