"""Sessions, forms and security middleware."""
