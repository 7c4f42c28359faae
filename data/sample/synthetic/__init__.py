"""The synthetic sample: a subdistrict that agrees with the article and is otherwise invented."""

SEED = "溪北2024"
