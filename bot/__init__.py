"""The shell: everything with a wire, a screen, a clock or a file format."""
