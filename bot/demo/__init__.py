"""A fictional district, played from the first message to agenda and project bank."""
