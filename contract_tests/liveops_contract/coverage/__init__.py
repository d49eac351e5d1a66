"""Coverage of the description: which of its statuses, fields and keywords a run exercised, told from what went over the wire."""
