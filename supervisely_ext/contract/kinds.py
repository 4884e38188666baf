"""The kinds of things that a server can be asked about; the command line offers an option for each."""

KINDS = ("team", "workspace", "task", "app", "module", "project", "file")
