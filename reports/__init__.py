"""How numbers leave: one report, made of measurements, written as documents. No browser, no network."""
