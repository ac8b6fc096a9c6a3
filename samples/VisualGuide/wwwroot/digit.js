// The digit of the page, and all that the library makes of it. Figures ask here for numbers, and are told when they change.
import { start } from './library.js';

let library, layers = [], symbols = '', reading = null, waiting = null, cache = new Map();
const parameters = new Map(), listeners = new Map(), visible = new Set(), stale = new Set();
let frame = 0;

const watcher = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target); else visible.delete(target);
    }
    schedule();
}, { rootMargin: '120px' });

export const digit = {
    /** The exported classes of samples/VisualGuide/Library: Digit, Strip and so on. */
    get library() { return library; },
    /** Input, C1, S2, C3, S4, C5, F6, Output: { name, type, maps, height, width, parameters, table }. */
    get layers() { return layers; },
    get symbols() { return symbols; },
    /** { label, posterior, runnerUp, margin, reason }; no label where nothing was read. */
    get reading() { return reading; },
    /** The 28x28 pixels that the network sees, 0 ground to 255 ink. */
    get pixels() { return cached('pixels', () => library.Digit.Pixels()); },
    /** Values at a boundary, by the index of its layer. */
    values: index => cached('v' + index, () => library.Digit.Values(index)),
    /** Weighted sums before squashing. */
    sums: index => cached('s' + index, () => library.Digit.Sums(index)),
    parameters(index) {
        if (!parameters.has(index)) parameters.set(index, library.Digit.Parameters(index));
        return parameters.get(index);
    },
    index: name => layers.findIndex(layer => layer.name === name),
};

/** Starts the library; figures may be drawn from then on. */
export async function startLibrary() {
    library = await start();
    const description = JSON.parse(library.Digit.Describe());
    layers = description.layers;
    symbols = description.symbols;
}

/** Reads a picture of any size, as ImageData. */
export const readPicture = ({ data, width, height }) => read(() => library.Digit.Read(new Uint8Array(data.buffer, data.byteOffset, data.length), width, height));

/** Shows 28x28 pixels, 0 ground to 255 ink. */
export const showPixels = pixels => read(() => library.Digit.Show(pixels));

/** Reads what was written or opened last while the library was loading; false where nothing was. */
export function readWaiting() {
    if (waiting) read(waiting);
    return waiting !== null;
}

function read(ask) {
    if (!library) {
        waiting = ask;
        return;
    }
    reading = JSON.parse(ask());
    changed();
}

/** Calls draw when the digit or the colours change, as soon as the element is on the screen, at most once a frame. */
export function whenDigitChanges(element, draw) {
    listeners.set(element, draw);
    watcher.observe(element);
    stale.add(element);
    schedule();
}

/** Has a figure drawn again. */
export function redraw(element) {
    stale.add(element);
    schedule();
}

export function redrawAll() {
    for (const element of listeners.keys()) stale.add(element);
    schedule();
}

function changed() {
    cache.clear();
    redrawAll();
}

function cached(key, make) {
    if (!cache.has(key)) cache.set(key, make());
    return cache.get(key);
}

function schedule() {
    if (!frame && reading) frame = requestAnimationFrame(drawStale);
}

function drawStale() {
    frame = 0;
    for (const element of stale) {
        if (!visible.has(element)) continue;
        stale.delete(element);
        listeners.get(element)(digit);
    }
}
