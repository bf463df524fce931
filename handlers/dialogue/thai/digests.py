"""The summary, its picture and the regular digest."""
