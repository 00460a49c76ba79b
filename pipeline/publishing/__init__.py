"""Publishing: permanent ids, changes, the gate, and the files of a release."""
