"""How long a failing example is made smaller: bounded by examples and not by time, so that a run ends soon and repeats itself."""

from hypothesis.control import current_build_context

# So many times the examples of the profile may go into making the one smaller that failed.
OF_LAWS, OF_JOURNEYS = 2, 1


class Patience:
    """Counts the examples of one check, and passes over those that are too many."""

    def __init__(self, examples: int, times: int) -> None:
        self.left = examples * (1 + times)

    def begin(self) -> None:
        """Begin an example; the smallest that was found is shown at the end, however many there were."""
        context = current_build_context()
        if context.is_final:
            return
        self.left -= 1
        if self.left < 0:
            # Hypothesis takes it for an example that was cut short, of which it keeps nothing.
            context.data.mark_overrun()
