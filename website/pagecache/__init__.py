"""Pages that have been seen once are answered from memory while they are right: docs/decisions says why so."""
