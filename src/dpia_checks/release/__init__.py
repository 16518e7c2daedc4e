"""What may leave a secure environment: the form of a release, what is made of it, and what it must not show."""
