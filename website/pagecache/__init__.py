"""Pages seen once are answered from memory while they are right: docs/decisions says why it is done so."""
