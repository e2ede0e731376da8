"""One module per dataset, each with one `EXPORT`; adding a file here adds a dataset."""
