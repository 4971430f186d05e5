"""One file a school, and a whole trust's schools in one go."""
