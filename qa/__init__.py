"""a question → Reply, a text → Verdicts, a disclosure → Findings."""
