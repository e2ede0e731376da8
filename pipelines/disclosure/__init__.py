"""What may leave the circle: which figures a pack may show at all, which are hidden, and the proof that nothing hidden follows."""
