"""A whole Luster for tests that span features: its own PostgreSQL, its own mail catcher, the real program."""
