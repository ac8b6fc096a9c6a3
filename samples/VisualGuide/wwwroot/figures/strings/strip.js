// The string of the page, and all that the library makes of it: swept at once, cut and read by both methods after a pause.
import { redraw, whenDigitChanges } from '../../digit.js';

const sweepPause = 100, restPause = 200;

export function makeStrip(library) {
    const elements = [], cache = new Map();
    let image = null, size = {}, sweptAt = -sweepPause, sweepTimer = 0, restTimer = 0;

    const strip = {
        library,
        /** What the sweep found: { rejection, pictureWidth, pictureHeight, stripWidth, layers, window, step, path, reading }. */
        swept: null,
        /** What the cuts found: { cuts, segments, runs, reading }; null until there is time. */
        cut: null,
        /** What both methods say together. */
        together: null,
        /** The string whose paths are shown instead of the answer's: { text, path, segments }; mostly null. */
        followed: null,
        /** The answer before the grammar changed. */
        before: null,
        get reading() { return strip.together ?? strip.swept?.reading; },
        get path() { return strip.followed?.path ?? strip.swept?.path ?? []; },
        get segments() { return strip.followed?.segments ?? strip.cut?.segments ?? []; },
        get text() { return strip.followed?.text ?? strip.swept?.reading?.text ?? ''; },
        /** Columns of the input, and of the output. */
        get width() { return strip.swept.layers[0].width; },
        get columnCount() { return strip.swept.layers.at(-1).width; },
        get pixels() { return cached('pixels', () => library.Pixels()); },
        values: index => cached(index, () => library.Values(index)),

        /** Reads a picture, as ImageData, as soon as may be. */
        read(picture) {
            image = picture;
            strip.before = null;
            clearTimeout(restTimer);
            sweepTimer ||= setTimeout(sweep, Math.max(0, sweptAt + sweepPause - performance.now()));
        },
        /** Tells what is known of the string, and reads it again. */
        know(kind, length) {
            const before = strip.together;
            library.Know(kind, length);
            if (!strip.swept) return;
            publish(JSON.parse(library.Again()));
            strip.before = kind === 'any' ? null : before;
        },
        /** Shows the paths of another string; null for the answer's. */
        follow(text) {
            strip.followed = text === null ? null : { text, ...JSON.parse(library.Follow(text)) };
            redrawAll();
        },
        /** Calls draw when the string or the colours change and the element is on the screen. */
        whenChanges(element, draw) {
            elements.push(element);
            whenDigitChanges(element, () => { if (strip.swept) draw(); });
        },
        redraw,
        /** Calls start once, when the element comes to the screen. */
        whenSeen(element, start) {
            let isStarted = false;
            whenDigitChanges(element, () => {
                if (isStarted) return;
                isStarted = true;
                start();
            });
        },
    };

    function sweep() {
        sweepTimer = 0;
        size = { pictureWidth: image.width, pictureHeight: image.height };
        publish(JSON.parse(library.Sweep(new Uint8Array(image.data.buffer), image.width, image.height)));
        sweptAt = performance.now();
    }

    function publish(swept) {
        strip.swept = { ...swept, ...size };
        strip.cut = strip.together = strip.followed = null;
        cache.clear();
        redrawAll();
        clearTimeout(restTimer);
        restTimer = setTimeout(cut, restPause);
    }

    function cut() {
        strip.cut = JSON.parse(library.Cut());
        redrawAll();
        // The page may draw in between.
        restTimer = setTimeout(readTogether);
    }

    function readTogether() {
        strip.together = JSON.parse(library.ReadTogether()).reading ?? null;
        redrawAll();
    }

    const redrawAll = () => elements.forEach(redraw);

    function cached(key, make) {
        if (!cache.has(key)) cache.set(key, make());
        return cache.get(key);
    }

    return strip;
}

/** A share in words: never surer than it is. */
export function percent(share) {
    if (share > 0.9999 && share < 1) return 'over 99.99 %';
    if (share < 0.0001) return 'under 0.01 %';
    return `${(100 * share).toFixed(share > 0.999 || share < 0.01 ? 2 : 1)} %`;
}

/** Runs of columns that see the same character: { label, first, end }. */
export function charactersOf(path) {
    const runs = [];
    path.forEach((label, column) => {
        if (label < 0) return;
        if (column > 0 && path[column - 1] === label) runs.at(-1).end = column + 1;
        else runs.push({ label, first: column, end: column + 1 });
    });
    return runs;
}

/** An element with a class and a text. */
export function make(name, className = '', text = '') {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
}
