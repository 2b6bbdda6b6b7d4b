"""The keys that `static/js/keys.js` knows, as pages explain them."""

QUEUE_SHORTCUTS = (
    (("j",), "Next conversation"),
    (("k",), "Previous conversation"),
    (("Enter",), "Open it"),
    (("?",), "Show or hide this list"),
)
CONVERSATION_SHORTCUTS = (
    (("r",), "Write a reply"),
    (("Ctrl or ⌘", "Enter"), "Send the reply"),
    (("q",), "Back to the queue"),
    (("?",), "Show or hide this list"),
)
