"""Third parties' judges of the spec and the mock."""
