"""The village's open issues, support, and what became of them."""
