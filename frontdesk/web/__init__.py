"""What every request passes, whatever room it is for."""
