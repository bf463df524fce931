"""LINE and Telegram imitated plainly on this machine, for the demo, for simulate and for tests."""
