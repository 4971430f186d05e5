"""The text of a school's newsletter, and its numbered statements."""
