"""How good the coding is: figures of a dataset against a gold file, and the floors below which they may not fall.

An application above the stages, as the command line is: no stage imports it. Disk is touched in `loader` and `gate` only.
"""
