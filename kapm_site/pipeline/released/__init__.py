"""Reports with a number: made from a commit alone, recorded, made again, put on a client's site as they were sent."""
