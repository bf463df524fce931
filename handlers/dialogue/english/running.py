"""Running a forum: attendance, votes, resolutions, corrections."""
