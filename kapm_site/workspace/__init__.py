"""Which files a workspace has, and how they become records."""
