"""Published figures, targets, municipalities and dated parameters, each line with its source."""
