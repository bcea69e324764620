"""What leadership is told of the work as a whole (5-2.1.c)."""
