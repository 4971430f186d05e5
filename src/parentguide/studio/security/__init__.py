"""Who may send Studio a request: middleware, sessions and form tokens."""
