"""What Studio's pages share."""
