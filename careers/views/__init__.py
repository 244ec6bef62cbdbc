"""Pages of the catalogue, one noun a file. Every list starts from what is public."""
