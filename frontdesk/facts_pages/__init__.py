"""Every fact as a page of its own, for people who will not chat and for links."""
