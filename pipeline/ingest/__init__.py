"""From the bytes in data/raw to one row for each article; what cannot be read is reported and stops nothing else."""
