"""what disclosures say, and the shelf that they are kept on."""
