"""Nothing yet."""


def setup(app):  # type: ignore[no-untyped-def]
    pass
