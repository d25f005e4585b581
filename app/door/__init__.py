"""The door of a team's installation: what is answered over HTTP before and beside the pages. Imported only where CLEAN_CLAIM_TEAM is set."""
