"""Hospital and facility claims: the form, its edits, inpatient and outpatient prices, and the payer's answer."""
