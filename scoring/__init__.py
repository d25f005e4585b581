"""How well it was answered: pure functions from an item and a response to credits, and from credits to what is known of a learner."""
