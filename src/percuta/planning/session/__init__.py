"""One visit and the series: how long, with what, on which days."""
