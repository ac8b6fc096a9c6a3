// Numbers as colours: from -max over 0 to +max. Zero is the colour of the page, so that what says nothing is not seen.
const themes = {
    light: { negative: [22, 87, 153], zero: [250, 248, 243], positive: [176, 58, 22] },
    dark: { negative: [104, 174, 255], zero: [24, 26, 31], positive: [255, 146, 99] },
};
const steps = 256;
let table = new Uint32Array(2 * steps + 1), ink = new Uint32Array(256);

/** light or dark, as the page is now. */
export const theme = () => document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

/** Makes the colours of the theme. */
export function updateColours() {
    const { negative, zero, positive } = themes[theme()];
    const mix = (to, share) => {
        // A little more colour for small values: the eye tells them apart badly otherwise.
        const [r, g, b] = zero.map((value, i) => Math.round(value + (to[i] - value) * share ** 0.8));
        return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
    };
    table = Uint32Array.from({ length: 2 * steps + 1 }, (_, i) => i < steps ? mix(negative, (steps - i) / steps) : mix(positive, (i - steps) / steps));
    const full = theme() === 'dark' ? [240, 240, 235] : [28, 28, 30];
    ink = Uint32Array.from({ length: 256 }, (_, i) => {
        const [r, g, b] = zero.map((value, c) => Math.round(value + (full[c] - value) * i / 255));
        return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
    });
}

/** The colour of a value as a number for ImageData. */
export const colourOf = (value, max) => table[steps + Math.round(Math.max(-1, Math.min(1, value / max)) * steps)];

/** The same for CSS. */
export function cssOf(value, max) {
    const c = colourOf(value, max);
    return `rgb(${c & 255} ${c >> 8 & 255} ${c >> 16 & 255})`;
}

/** The largest absolute value, at least a little. */
export function largest(values) {
    let max = 1e-6;
    for (const value of values) max = Math.max(max, Math.abs(value));
    return max;
}

/** Draws maps side by side, a pixel for a value; CSS makes the pixels large.
 *  maps, height, width: their shape; columns: maps in a row; gap: pixels between maps; max: what has the full colour. */
export function paintMaps(canvas, values, { maps = 1, height, width, columns = maps, gap = 1, max }) {
    const rows = Math.ceil(maps / columns), w = columns * (width + gap) - gap, h = rows * (height + gap) - gap;
    if (canvas.width !== w || canvas.height !== h) {
        canvas.width = w;
        canvas.height = h;
        canvas.style.aspectRatio = `${w} / ${h}`;
    }
    const context = canvas.getContext('2d'), image = context.createImageData(w, h), pixels = new Uint32Array(image.data.buffer);
    for (let map = 0, i = 0; map < maps; map++) {
        const top = Math.floor(map / columns) * (height + gap), left = map % columns * (width + gap);
        for (let y = 0; y < height; y++) {
            for (let x = 0, to = (top + y) * w + left; x < width; x++) pixels[to++] = colourOf(values[i++], max);
        }
    }
    context.putImageData(image, 0, 0);
}

/** Draws ink, 0 to 255. */
export function paintInk(canvas, values, height, width) {
    if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.aspectRatio = `${width} / ${height}`;
    }
    const context = canvas.getContext('2d'), image = context.createImageData(width, height), pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < values.length; i++) pixels[i] = ink[values[i]];
    context.putImageData(image, 0, 0);
}

/** A number as the page writes it. */
export const format = (value, digits = 3) => (value < 0 ? '\u2212' : '') + Math.abs(value).toFixed(digits);

/** A colour of guide.css, such as --warm, as it is now. */
export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name);
