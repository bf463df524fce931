"""The shell: settings, web, jobs, commands."""
