"""The review desk: its screens, the calls that they make, and the pictures that they show."""
