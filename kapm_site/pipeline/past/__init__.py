"""What git adds to a project: its way through the commits, how it stood at its last report, looks at past weeks."""
