"""Naming what went wrong with the database, without values."""


def fault_code(error: BaseException) -> str:
    """Returns a code that can be looked up, such as `SQLITE_READONLY` or `57P01`."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return str(code or type(cause).__name__)
