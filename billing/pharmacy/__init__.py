"""Pharmacy claims: what is sent when a prescription is filled, and what a pharmacy benefit manager answers at once."""
