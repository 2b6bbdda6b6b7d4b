"""Understanding: from a message's text to intents, entities, danger and questions."""
