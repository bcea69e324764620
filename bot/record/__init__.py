"""The record of a task: whether its history is whole, and what it says, as data. Pure."""
