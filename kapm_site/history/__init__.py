"""Git as the database: what is known of the state that a build was made from."""
