"""The consultation in the browser: what bothers, skin type, history, findings as they come."""
