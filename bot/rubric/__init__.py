"""Appendix A as a file that people edit, read and checked at start."""
