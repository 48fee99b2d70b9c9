"""Word and PDF: what a template may see, how it is vetted, filled and converted."""
