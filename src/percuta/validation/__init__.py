"""Published figures against what the models say: predicted anew, judged, counted by kind."""
