"""Geocoders on the network, asked by `khaldun places geocode` and by nothing else: no stage imports this package."""
