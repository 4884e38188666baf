"""`api.app.workflow` and what it is made of."""
