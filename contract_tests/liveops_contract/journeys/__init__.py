"""Journeys: any mix of steps agrees with a model of plain dicts, checked by eye. One per kind of chain, one for campaigns."""
