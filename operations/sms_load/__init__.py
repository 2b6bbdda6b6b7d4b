"""1,000 texts from 200 numbers while Twilio and the front desk fail: what is lost?"""
