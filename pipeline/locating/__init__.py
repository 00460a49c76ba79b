"""From words to the gazetteer and the registry: where a coded report lies, and who its actors are on that day."""
