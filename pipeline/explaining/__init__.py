"""Explaining: from a value back to the words, the rule and the reports it rests on; as data, as text and as a page."""
