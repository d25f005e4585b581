"""Pharmacy transactions as they go over the wire: NCPDP Telecommunication D.0, billing and reversal, request and response."""
