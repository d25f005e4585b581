"""The account of one encounter from the first question to the last cent: what was done, what came back, what it cost, what is due when."""
