"""SQL files: one table each."""
