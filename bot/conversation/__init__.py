"""Status questions in plain words: understood without guessing, answered with what was understood."""
