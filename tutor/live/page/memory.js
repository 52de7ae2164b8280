// What the page remembers between visits: a name, a language, and seats in rooms.

const MOST_ROOMS = 8;
const memory = {};

export function recall(key) {
  try {
    const text = localStorage.getItem("tutor." + key);
    return text === null ? memory[key] : JSON.parse(text);
  } catch (error) {
    return memory[key]; // storage is forbidden or was tampered with
  }
}

export function remember(key, value) {
  memory[key] = value;
  try {
    localStorage.setItem("tutor." + key, JSON.stringify(value));
  } catch (error) {
    // a private window: this visit only
  }
}

export function roomOf(code) {
  const rooms = recall("rooms") || {};
  return Object.prototype.hasOwnProperty.call(rooms, code) ? rooms[code] : {};
}

export function rememberRoom(code, change) {
  const rooms = recall("rooms") || {};
  rooms[code] = Object.assign(roomOf(code), change, { at: Date.now() });
  const newest = Object.keys(rooms).sort((a, b) => rooms[b].at - rooms[a].at).slice(0, MOST_ROOMS);
  remember("rooms", Object.fromEntries(newest.map((kept) => [kept, rooms[kept]])));
}
