// Simple shapes for the prompts of the text: buttons with data-shape put them on the page.
import { showSample } from '../writing.js';

const side = 28;

const shapes = {
    bar: lines(2.5, [[6, 14], [21, 14]]),
    post: lines(2.5, [[14, 6], [14, 21]]),
    cross: lines(2.5, [[8, 20], [20, 8]], [[8, 8], [20, 20]]),
    block: Uint8Array.from({ length: side * side }, (_, i) => [Math.floor(i / side), i % side].every(at => at >= 6 && at < 22) ? 255 : 0),
};

export function prompts() {
    for (const button of document.querySelectorAll('button[data-shape]')) {
        button.disabled = false;
        button.addEventListener('click', () => showSample(shapes[button.dataset.shape]));
    }
}

/** Strokes through points, with soft edges. */
function lines(width, ...strokes) {
    return Uint8Array.from({ length: side * side }, (_, i) => {
        const distance = Math.min(...strokes.flatMap(points => points.slice(1).map((to, k) => distanceTo(i % side, Math.floor(i / side), points[k], to))));
        return Math.round(255 * Math.max(0, Math.min(1, width / 2 + 0.5 - distance)));
    });
}

function distanceTo(x, y, [x0, y0], [x1, y1]) {
    const dx = x1 - x0, dy = y1 - y0, along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}
