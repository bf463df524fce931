"""What the system does when somebody writes: one turn, by audience."""
