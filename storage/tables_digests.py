"""Tables: the summary, its picture and the regular digest."""
