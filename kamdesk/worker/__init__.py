"""The process that opens hostile files: protocol, limits, supervision."""
