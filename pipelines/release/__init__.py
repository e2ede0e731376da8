"""What was said, for good: the register of the released packs, and what is kept of each."""
