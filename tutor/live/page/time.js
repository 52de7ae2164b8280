// The time left, as the server told it: counted down here, said aloud now and then.

import { $, speak } from "./elements.js";
import { say } from "./words.js";

const ANNOUNCED = [30, 10, 5]; // seconds left

export const time = { endsAt: null, left: null, paused: false, said: null, next: 0 };

export function setTime(remaining, paused) {
  if (paused !== time.paused) speak(say(paused ? "time.paused.said" : "time.resumed"));
  Object.assign(time, { left: remaining, paused, said: null });
  time.endsAt = remaining === null || paused ? null : Date.now() + remaining;
  tick();
}

export function stopTime() {
  Object.assign(time, { endsAt: null, left: null, paused: false, said: null });
  tick();
}

export function tick() {
  clearTimeout(time.next);
  const left = time.endsAt === null ? time.left : Math.max(0, time.endsAt - Date.now());
  const seconds = left === null ? null : Math.ceil(left / 1000);
  const send = $("send");
  if (send) send.disabled = time.paused;
  $("time").hidden = seconds === null && !time.paused;
  const clock = seconds === null ? "" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const shown = time.paused ? [clock, say("time.paused")].filter(Boolean).join(" ") : clock;
  if ($("time").textContent !== shown) $("time").textContent = shown;
  $("time").setAttribute("aria-label", `${say("time.label")} ${shown}`);
  $("time").classList.toggle("paused", time.paused);
  $("time").classList.toggle("short", !time.paused && seconds !== null && seconds <= 10);
  if (time.endsAt === null) return;
  if (ANNOUNCED.includes(seconds) && time.said !== seconds) {
    time.said = seconds;
    speak(say("time.left", { n: seconds }));
  }
  if (left > 0) time.next = setTimeout(tick, left % 1000 || 1000);
}
