"""What is kept of people, for how long, and how they or the record get it out."""
