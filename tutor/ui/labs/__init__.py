"""Labs on the screen: rows of controls, and a view for the frame of each lab."""
