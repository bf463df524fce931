"""HTTP doors: webhooks, signed files, health, web chat."""
