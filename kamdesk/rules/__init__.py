"""Pure decisions: no clock, no disk, no Qt, no SQL."""
