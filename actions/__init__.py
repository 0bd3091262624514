"""Custom actions, one a module. Importing them does no work."""
