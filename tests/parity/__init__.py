"""What the official SDK sends and offers, held against ours."""
