# Each task does its own set-up: it finds or fetches Python, makes .venv and .venv-frontdesk, and trains if need be.
export RASA_TELEMETRY_ENABLED := false
export PYTHONWARNINGS := ignore
export TF_CPP_MIN_LOG_LEVEL := 2
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

BRAIN := .venv/bin/python
FRONTDESK := .venv-frontdesk/bin/python
DIR ?= tests/messages

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run desk-admin chat shell train validate test test-brain test-frontdesk evaluate handoff-load stream-load sms-sim sms-check sms-load screenshots widget-size lint lock clean

help: ## Show these tasks
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Install what running needs
	@scripts/setup.sh run

setup-test:
	@scripts/setup.sh test

run: setup ## Train if stale, start everything, print the addresses (Ctrl-C stops it)
	@$(BRAIN) -m operations.run

desk-admin: setup ## Make an account for an administrator of the staff's pages
	@$(FRONTDESK) -m frontdesk desk-admin

chat: setup ## Talk to the running front desk in the terminal, as a visitor would
	@$(FRONTDESK) -m frontdesk.chat

shell: setup ## Talk to it in the terminal; :why shows how a message was understood
	@$(BRAIN) -m operations.run --shell

train: setup ## Train the model if something it is made from has changed
	@$(BRAIN) -m operations.train

validate: setup ## Let Rasa validate its training data
	@.venv/bin/rasa data validate --fail-on-warnings

test: setup-test ## Check everything: content, code, conversations, faults
	@scripts/test.sh

evaluate: setup-test ## Play labelled messages (DIR=folder) and print the figures
	@$(BRAIN) -m operations.train
	@$(BRAIN) -m evaluation --messages $(DIR)

handoff-load: setup ## Play 200 conversations at once, 50 handed to staff, and count
	@$(BRAIN) -m operations.train
	@$(FRONTDESK) -m operations.handoff_load

sms-sim: setup ## Try the text line with phones on a page, without an account at Twilio
	@$(BRAIN) -m operations.train
	@$(FRONTDESK) -m operations.sms_sim

sms-check: setup ## Check the text line's settings against the running server and Twilio
	@$(FRONTDESK) -m operations.sms_check

sms-load: setup ## Send 1,000 texts from 200 numbers while things fail, and count
	@$(BRAIN) -m operations.train
	@$(FRONTDESK) -m operations.sms_load

stream-load: setup ## Open 500 chats, write 20 messages a second, and count
	@$(BRAIN) -m operations.train
	@$(FRONTDESK) -m operations.stream_load

screenshots: setup-test ## Take the pictures of the website chat that are in docs/images
	@$(BRAIN) -m operations.train
	@$(FRONTDESK) -m operations.screenshots

widget-size: setup-test ## Print what the website chat costs a page: bytes, requests, time
	@$(BRAIN) -m operations.train
	@$(FRONTDESK) -m operations.widget_size

lint: setup-test ## Check content, style and types
	@scripts/lint.sh

lock: setup ## Resolve the lock files anew
	@scripts/lock.sh

clean: ## Delete environments, models, databases and caches of this folder
	rm -rf .venv .venv-frontdesk .venv-tools .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis var reports
	find models -name '*.tar.gz' -delete; rm -f models/trained-here.json
