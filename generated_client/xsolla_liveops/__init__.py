"""Placeholder until `make client` prints the SDK."""
