"""What an operator and players of a season of promotions do, and the plain words in which it is told."""
