"""How much of what may go wrong the tests notice: mistakes planted in spec, mock and client, one at a time."""
