"""Why an evaluation cannot be made."""


class EvaluationError(Exception):
    """Raised when there is no usable model or a turn fails; names the remedy."""
