"""Journeys: any mix of steps agrees with a model of plain dicts that can be checked by eye. One module per kind of chain."""
