"""Open Badges 3.0 credentials: made, signed with eddsa-rdfc-2022 and verified, all without a network."""
