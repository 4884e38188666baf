"""The spec as a contract: what it allows, and what breaks it."""
