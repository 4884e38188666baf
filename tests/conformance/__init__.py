"""The official SDK on our mock, in an environment of its own."""
