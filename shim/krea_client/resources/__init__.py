"""What hangs at a client: `krea.jobs`, `krea.assets`, `krea.styles`, `krea.node_apps`, each in both colours."""
