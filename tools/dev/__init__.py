"""What ./dev runs: a module a command, over the few that they share."""
