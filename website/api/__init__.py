"""What the site holds, as JSON for programs: read only, for pages of any site, described by OpenAPI."""
