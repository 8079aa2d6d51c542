"""Screens around the desk: signing in, keying blind, the office's inbox, supervision, people."""
