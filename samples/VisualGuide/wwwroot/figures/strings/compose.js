// Digits of MNIST put side by side.
const side = 28, length = side * side, rows = 38, margin = 4, padShape = 840 / 300;

/** Two digits of each class, as 28x28 bytes, 0 ground to 255 ink. */
export async function loadSamples() {
    const all = new Uint8Array(await (await fetch('data/samples.bin')).arrayBuffer());
    return Array.from({ length: all.length / length }, (_, i) => all.subarray(i * length, (i + 1) * length));
}

/** Puts digits side by side, dark on white, so many columns between their ink; fewer than none makes them overlap.
 *  The picture has the shape of the pad: { canvas, image }. */
export function compose(digits, gap) {
    const edges = digits.map(inkColumns), widths = edges.map(([first, end]) => end - first);
    const inkWidth = widths.reduce((sum, width) => sum + width + gap, -gap);
    const width = Math.max(inkWidth + 2 * margin, Math.round(rows * padShape)), height = Math.max(rows, Math.round(width / padShape));
    const canvas = Object.assign(document.createElement('canvas'), { width, height }), context = canvas.getContext('2d', { willReadFrequently: true });
    const image = context.createImageData(width, height), ink = new Uint8Array(width * height), top = Math.floor((height - side) / 2);
    let left = Math.floor((width - inkWidth) / 2);
    digits.forEach((pixels, i) => {
        const [first, end] = edges[i];
        for (let y = 0; y < side; y++) {
            for (let x = first; x < end; x++) {
                const to = (top + y) * width + left + x - first;
                ink[to] = Math.max(ink[to], pixels[y * side + x]);
            }
        }
        left += widths[i] + gap;
    });
    new Uint32Array(image.data.buffer).forEach((_, i, all) => { all[i] = 0xff000000 | (255 - ink[i]) * 0x010101; });
    context.putImageData(image, 0, 0);
    return { canvas, image };
}

function inkColumns(pixels) {
    let first = side, end = 0;
    pixels.forEach((value, i) => {
        if (!value) return;
        first = Math.min(first, i % side);
        end = Math.max(end, i % side + 1);
    });
    return [first, end];
}
