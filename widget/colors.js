// The clinic's colour, made legible: text keeps a contrast of 4.5 to 1 whatever it is.

/** @typedef {number[]} Rgb */

const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];
const PAPER = [240, 245, 244]; // the darkest back of the light scheme
const NIGHT = [42, 54, 52]; // the lightest back of the dark one
const ENOUGH = 4.5;

/**
 * Returns the properties that the style sheet asks for.
 * @param {string} color "#rrggbb"
 * @returns {Record<string, string> | null} null if that is no such colour
 */
export function colorsFrom(color) {
  const pairs = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (!pairs) return null;
  const own = pairs.slice(1).map((pair) => parseInt(pair, 16));
  const isDark = contrast(own, WHITE) >= ENOUGH;
  return {
    "--fill": css(own),
    "--on-fill": css(isDark ? WHITE : BLACK),
    "--ink-light": css(legible(own, PAPER, BLACK)),
    "--ink-dark": css(legible(own, NIGHT, WHITE)),
  };
}

/** @param {Rgb} color @param {Rgb} back @param {Rgb} goal */
function legible(color, back, goal) {
  let share = 0;
  const mixed = () => color.map((part, at) => part + (goal[at] - part) * share);
  while (contrast(mixed(), back) < ENOUGH && share < 1) share += 0.05;
  return mixed();
}

/** As WCAG 2 has it. @param {Rgb} one @param {Rgb} other */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** @param {Rgb} color */
function luminance(color) {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {Rgb} color */
const css = (color) => `rgb(${color.map(Math.round).join(" ")})`;
