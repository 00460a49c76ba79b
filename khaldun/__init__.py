"""What a notebook imports: load and verify a release. Needs pandas and pyarrow alone."""
