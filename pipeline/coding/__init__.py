"""From an article to reports of incidents: by rules, and by the decisions of people."""
