"""What a person answered and what bothers them."""
