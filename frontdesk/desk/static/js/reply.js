// Writing replies: length, ready-made texts, Ctrl+Enter, and an empty box once it is sent.
export function helpWithReplies() {
  document.body.addEventListener("htmx:afterRequest", emptyWhatWasSent);
  const text = document.getElementById("text");
  if (!text) return;
  const length = document.getElementById("length");
  const showLength = () => (length.textContent = describeLength(text.value, length.dataset));
  text.addEventListener("input", showLength);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      text.form.requestSubmit();
    }
  });
  const canned = document.getElementById("canned");
  canned?.addEventListener("change", () => {
    if (!canned.value) return;
    insert(text, canned.value);
    canned.value = "";
  });
  showLength();
}

function insert(text, addition) {
  const before = text.value.slice(0, text.selectionStart);
  const gap = before && !/\s$/.test(before) ? "\n" : "";
  text.setRangeText(gap + addition, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input"));
  text.focus();
}

function emptyWhatWasSent(event) {
  const form = event.detail.elt;
  const field = form.dataset?.empties && document.getElementById(form.dataset.empties);
  if (!field || event.detail.xhr.status !== 200) return;
  // Only what was sent: staff may have gone on writing.
  const sent = event.detail.requestConfig.parameters[field.name];
  if (field.value === sent) field.value = "";
  field.dispatchEvent(new Event("input"));
  renewKey(form.elements.key);
  document.getElementById("reply-problem").replaceChildren();
}

// The next message is another one, even if it says the same.
let messages = 0;

function renewKey(key) {
  if (!key) return;
  messages += 1;
  key.value = `${key.defaultValue}-${messages}`;
}

function describeLength(text, { longest, gsm7Basic, gsm7Extended }) {
  const left = longest - [...text].length;
  const room = `${left} characters left`;
  if (!gsm7Basic) return left > 500 ? "" : room;
  const count = segments(text, gsm7Basic, gsm7Extended);
  return `${count} text ${count === 1 ? "message" : "messages"}, ${room}`;
}

// As content/gsm7.py counts them; the alphabets come from there.
function segments(text, basic, extended) {
  const size = (character) => (extended.includes(character) ? 2 : 1);
  const characters = [...text];
  if (characters.some((one) => !basic.includes(one) && !extended.includes(one))) {
    return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
  }
  if (characters.reduce((sum, one) => sum + size(one), 0) <= 160) return 1;
  let [count, used] = [1, 0];
  for (const one of characters) {
    if (used + size(one) > 153) [count, used] = [count + 1, 0];
    used += size(one);
  }
  return count;
}
