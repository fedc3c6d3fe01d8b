"""What the benches share: processor time of processes, rounds A B A B, the load generator, and the peers."""
