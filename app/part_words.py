"""What the parts of a claim's and an account's marks are called."""

CLAIM = {"record": "Supported by the record", "untouched": "Left as it was", "earned": "What it earned", "touches": "Touches"}
ACCOUNT = {"collected": "Dollars collected", "posted": "Remittances posted", "balanced": "Closed at zero", "days": "Days", "touches": "Touches", "notes": "Notes", "lawful": "Within the law"}
