"""Tables: running a forum: attendance, votes, resolutions, corrections."""
