// The page: starts the library, then every figure.
import { digit, readPicture, readWaiting, redrawAll, startLibrary, whenDigitChanges } from './digit.js';
import { paintInk, theme, updateColours } from './paint.js';
import { pad, showSample } from './writing.js';
import { codes } from './figures/codes.js';
import { convolution } from './figures/convolution.js';
import { counts } from './figures/counts.js';
import { curves } from './figures/curves.js';
import { fullyConnected, wholeMaps } from './figures/dense.js';
import { errors } from './figures/errors.js';
import { glance } from './figures/glance.js';
import { input } from './figures/input.js';
import { legacy } from './figures/legacy.js';
import { output } from './figures/output.js';
import { robustness } from './figures/robustness.js';
import { prompts } from './figures/shapes.js';
import { shift } from './figures/shift.js';
import { squashing } from './figures/squashing.js';
import { strings } from './figures/strings.js';
import { subsampling } from './figures/subsampling.js';
import { table } from './figures/table.js';
import { training } from './figures/training.js';

const figures = [
    glance,
    input,
    counts,
    prompts,
    convolution,
    subsampling,
    shift,
    table,
    wholeMaps,
    fullyConnected,
    squashing,
    output,
    strings,
    training,
    curves,
    codes,
    errors,
    robustness,
    legacy,
];
const at = id => document.getElementById(id);
const sampleCount = 20, sampleLength = 28 * 28;

updateColours();
at('undo').addEventListener('click', pad.undo);
at('clear').addEventListener('click', pad.clear);
at('file').addEventListener('change', event => open(event.target.files[0]));
at('pad').addEventListener('dragover', event => event.preventDefault());
at('pad').addEventListener('drop', event => {
    event.preventDefault();
    open(event.dataTransfer.files[0]);
});
addEventListener('paste', event => open([...event.clipboardData.files][0]));

const button = at('theme');
const showTheme = () => button.setAttribute('aria-pressed', theme() === 'dark');
button.addEventListener('click', () => {
    document.documentElement.dataset.theme = theme() === 'dark' ? 'light' : 'dark';
    recolour();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
showTheme();

function recolour() {
    updateColours();
    showTheme();
    redrawAll();
}

/** Reads a picture of the visitor's, no larger than it needs to be. */
async function open(file) {
    if (!file) return;
    const most = 1024;
    let bitmap;
    try {
        bitmap = await createImageBitmap(file);
    } catch {
        at('answer').textContent = '–';
        at('answer-words').textContent = `${file.name} is no picture that this browser can open.`;
        return;
    }
    const scale = Math.min(1, most / Math.max(bitmap.width, bitmap.height));
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const side = Math.max(canvas.width, canvas.height), square = Object.assign(document.createElement('canvas'), { width: side, height: side });
    square.getContext('2d').drawImage(canvas, (side - canvas.width) / 2, (side - canvas.height) / 2);
    pad.show(square);
    readPicture(context.getImageData(0, 0, canvas.width, canvas.height));
}

const samplesLoaded = fetch('data/samples.bin').then(async response => {
    const all = new Uint8Array(await response.arrayBuffer());
    const samples = Array.from({ length: sampleCount }, (_, i) => all.subarray(i * sampleLength, (i + 1) * sampleLength));
    for (let label = 0; label < 10; label++) {
        // Another click gives another writer's.
        let next = 0;
        const choose = Object.assign(document.createElement('button'), { type: 'button' });
        choose.setAttribute('aria-label', `A ${label} of MNIST`);
        const canvas = choose.appendChild(document.createElement('canvas'));
        whenDigitChanges(choose, () => paintInk(canvas, samples[2 * label], 28, 28));
        choose.addEventListener('click', () => showSample(samples[2 * label + next++ % 2]));
        at('samples').append(choose);
    }
    return samples;
});

try {
    const [samples] = await Promise.all([samplesLoaded, startLibrary()]);
    for (const figure of figures) figure(digit);
    whenDigitChanges(document.querySelector('.now'), showNow);
    if (!readWaiting()) showSample(samples[2 * 3]);
    performance.mark('first answer');
} catch (error) {
    at('loading').textContent = `The library could not be started: ${error.message}. The page needs WebAssembly with SIMD, as all browsers since 2023 have it.`;
    throw error;
}

function showNow() {
    paintInk(at('now'), digit.pixels, 28, 28);
    at('now-reading').textContent = digit.reading.label ?? '–';
}

/** Has all files kept, so that the page is there without a network. */
async function keepSite() {
    const { active } = await navigator.serviceWorker.register('worker.js');
    active?.postMessage('loaded');
}

// Where workers are refused, the page needs the network, as others do.
keepSite().catch(() => {});
