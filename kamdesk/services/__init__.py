"""One module per noun, one method per intention of the user; views are frozen values."""
