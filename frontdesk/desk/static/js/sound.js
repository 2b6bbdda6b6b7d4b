// Two short tones, or four for danger. Browsers allow sound after the first click or key.
const CHOICE = "desk-sound";
const LAST = "desk-last-sound";

const choice = document.getElementById("sound");
choice.value = localStorage.getItem(CHOICE) ?? "on";
choice.addEventListener("change", () => {
  localStorage.setItem(CHOICE, choice.value);
  if (choice.value === "on") ring([660, 880]);
});

let context = null;
for (const gesture of ["pointerdown", "keydown"]) {
  window.addEventListener(gesture, () => audio().resume(), { once: true });
}

export function playSound(urgent, news) {
  if (choice.value === "off" || (choice.value === "urgent" && !urgent)) return;
  // Other tabs hear of it, too: one sound is enough.
  if (localStorage.getItem(LAST) === news) return;
  localStorage.setItem(LAST, news);
  ring(urgent ? [880, 660, 880, 660] : [660, 880]);
}

function audio() {
  context ??= new AudioContext();
  return context;
}

function ring(tones) {
  const output = audio();
  if (output.state !== "running") return;
  document.dispatchEvent(new CustomEvent("desk:sounded", { detail: tones.length }));
  tones.forEach((frequency, number) => {
    const start = output.currentTime + number * 0.18;
    const tone = output.createOscillator();
    const volume = output.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.16);
    tone.connect(volume).connect(output.destination);
    tone.start(start);
    tone.stop(start + 0.17);
  });
}
