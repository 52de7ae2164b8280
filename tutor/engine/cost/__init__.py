"""What layers cost: operations, memory, steps that wait for each other."""
