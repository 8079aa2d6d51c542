"""What a notice's page has, for all looks: its title, words that nobody claimed, given letters."""
