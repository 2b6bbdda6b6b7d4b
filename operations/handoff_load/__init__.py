"""Many conversations at once, some handed to staff: is anything lost or doubled?"""
