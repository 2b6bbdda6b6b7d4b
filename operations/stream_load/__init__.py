"""Many open chats on a real front desk: is every message shown, once and in order?"""
