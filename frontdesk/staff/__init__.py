"""Staff: accounts, sessions at the desk, and the audit trail."""
