"""Actions that need the front desk: open a case, call-back form, delete my data."""
