// Pictures one below the other, in line with the strip: what stands at a column of the strip is above and below it.
import { paintInk } from '../../paint.js';

const largestScale = 8, leastScale = 4.6;

/** Makes the lanes as wide as the strip allows, and returns the pixels of the page for one of the strip. */
export function fitLanes(lanes, width) {
    const room = lanes.parentElement.clientWidth, scale = Math.min(largestScale, Math.max(leastScale, room / width));
    lanes.style.width = `${Math.floor(scale * width)}px`;
    return scale;
}

/** Puts an element over columns of the strip. */
export function place(element, strip, first, columns) {
    element.style.left = `${100 * first / strip.width}%`;
    element.style.width = `${100 * columns / strip.width}%`;
}

/** Where the output columns begin on the strip: each stands for the middle pixels of its window. */
export const firstOf = (strip, column) => (strip.swept.window - strip.swept.step) / 2 + column * strip.swept.step;

/** Puts an element over output columns. */
export const placeColumns = (element, strip, first, end) => place(element, strip, firstOf(strip, first), (end - first) * strip.swept.step);

export function paintStrip(canvas, strip) {
    paintInk(canvas, strip.pixels, strip.swept.layers[0].height, strip.width);
}
