"""Which reports tell one incident, and what an event says when its reports differ."""
