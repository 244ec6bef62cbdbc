"""A role, a certification or a comparison in a frame of another site; and oEmbed, which finds it."""
