"""Tables: what follows a forum: the village's own work, and what comes back."""
