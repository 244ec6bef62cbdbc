"""From what was pasted or uploaded to a clean draft: its kind, its structure, what belongs into which field.

``manuscripts.read`` is pure; ``keeping`` knows the database. A new kind of text is a line in ``kinds``.
"""
