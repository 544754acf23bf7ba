"""how well it works: cases, scores, baselines, benchmarks."""
