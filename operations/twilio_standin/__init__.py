"""A stand-in for Twilio on this machine: it takes texts, and signs what it sends."""

from operations.twilio_standin.account import Account
from operations.twilio_standin.faults import Fault
from operations.twilio_standin.sent_message import SentMessage
from operations.twilio_standin.standin import TwilioStandin

__all__ = ["Account", "Fault", "SentMessage", "TwilioStandin"]
