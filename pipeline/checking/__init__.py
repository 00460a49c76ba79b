"""Checks of the finished tables: columns, rules across columns, rules across tables."""
