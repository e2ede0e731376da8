"""The machinery of cii-monitor; it knows no dataset by name outside `contracts`, `sample` and the queries in `assets`."""
