"""Deciding what to say: small policies above Rasa's RulePolicy, none learned."""
