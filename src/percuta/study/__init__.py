"""Virtual people under many plans: cohorts, sweeps, and the tables that come of them."""
