// Enhancements only; every page works without them.
