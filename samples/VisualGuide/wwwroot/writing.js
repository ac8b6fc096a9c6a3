// The pad of the page, and digits put on it.
import { readPicture, showPixels } from './digit.js';
import { makePad } from './pad.js';

export const pad = makePad(document.getElementById('pad'), readPicture);

/** Shows a digit of MNIST, and puts it on the pad as dark ink on white. */
export function showSample(pixels) {
    const canvas = Object.assign(document.createElement('canvas'), { width: 28, height: 28 }), context = canvas.getContext('2d'), image = context.createImageData(28, 28);
    new Uint32Array(image.data.buffer).forEach((_, i, all) => { all[i] = 0xff000000 | (255 - pixels[i]) * 0x010101; });
    context.putImageData(image, 0, 0);
    pad.show(canvas);
    showPixels(pixels);
}
