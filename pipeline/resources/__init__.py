"""What several stages look things up in: lexicon, gazetteer, actor registry, sources and countries, made from the seeds."""
