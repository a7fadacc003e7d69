"""A topical through stratum corneum and channels, into skin and blood."""
