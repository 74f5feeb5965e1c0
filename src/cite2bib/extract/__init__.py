"""Finding the works that documents mention."""
