"""Choices and answers: where the words of their options stand, all of them or one alone."""
