"""Builds a conflict event dataset: articles to reports, reports to events, events to releases."""
