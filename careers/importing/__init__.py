"""Other people's files as proposals to the catalogue: read, judged row by row, written all or nothing."""
