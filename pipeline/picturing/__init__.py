"""Picturing: a release as one picture, where and when its events are. Reads the release, and nothing else of a dataset."""
