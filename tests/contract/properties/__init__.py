"""Properties of client and mock that hold for whatever the spec allows, and whatever it forbids."""
