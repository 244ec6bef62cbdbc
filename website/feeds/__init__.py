"""Every listing of articles for feed readers, at its own address and ``feed/`` (Atom) or ``feed.json``."""
