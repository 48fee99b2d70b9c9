"""Speed measured as ratios of two things in the same run (speed.md). Not collected by pytest."""
