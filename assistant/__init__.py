"""Our extension points of Rasa: importer, understanding, policies, channel, store."""

from assistant.log_privacy import keep_messages_out_of_logs

keep_messages_out_of_logs()
