"""Hashtags as people type them: parsing, the key under which spellings meet, and the slug. Pure text."""
