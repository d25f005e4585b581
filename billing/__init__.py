"""Claims and payers: pure, dated, Decimal; no clock, no chance, no files, nothing but the standard library."""
