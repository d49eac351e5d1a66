"""The one error of the step that prints the SDK."""


class ClientError(Exception):
    """The client cannot be printed; the message names the thing, what is wrong with it, and the way out."""
