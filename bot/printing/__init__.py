"""Answers in words for a terminal (shapes, on Rich), and as JSON for programs."""
