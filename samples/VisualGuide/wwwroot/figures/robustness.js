// How far the digit of the page can be deformed and still be read; and 300 others.
import { whenDigitChanges } from '../digit.js';
import { colour, format, largest, paintInk } from '../paint.js';
import { makeChart, percent } from './chart.js';
import { loadTestDigits } from './errors.js';
import { inSlices } from './slices.js';

const pixels = value => `${signed(value)}\u00a0px`, factor = value => `×\u00a0${format(value, 2)}`, signed = (value, digits = value % 1 ? 1 : 0) => (value > 0 ? '+' : '') + format(value, digits);

/** In the order in which Deformation.cs takes them; step is that of the slider, stride that of the strip and the measurement, parts what the axis is divided into. */
const sliders = [
    { name: 'right', label: 'Shift right', min: -12, max: 12, step: 0.5, stride: 1, rest: 0, text: pixels },
    { name: 'down', label: 'Shift down', min: -12, max: 12, step: 0.5, stride: 1, rest: 0, text: pixels },
    { name: 'size', label: 'Size', min: 0.5, max: 2, step: 0.05, stride: 0.1, rest: 1, parts: 3, text: factor },
    { name: 'turn', label: 'Turn', min: -60, max: 60, step: 1, stride: 5, rest: 0, text: value => `${signed(value)}°` },
    { name: 'height', label: 'Height', min: 0.5, max: 1.5, step: 0.05, stride: 0.05, rest: 1, text: factor },
    { name: 'width', label: 'Width', min: 0.5, max: 1.5, step: 0.05, stride: 0.05, rest: 1, text: factor },
    { name: 'noise', label: 'Noise', min: 0, max: 0.3, step: 0.01, stride: 0.02, rest: 0, parts: 3, text: value => `${format(100 * value, 0)}\u00a0%` },
    { name: 'stroke', label: 'Stroke', min: -1, max: 2, step: 0.1, stride: 0.1, rest: 0, parts: 3, text: value => `${signed(value, 1)}\u00a0px` },
];
const rest = sliders.map(slider => slider.rest), testCount = 300;

/** The values of a slider at which answers are asked for; rest is one of them. */
const stops = ({ min, max, stride }) => Array.from({ length: Math.round((max - min) / stride) + 1 }, (_, i) => Math.round((min + i * stride) * 1000) / 1000);

/** All sliders at rest, but for one. */
const only = (index, value) => rest.with(index, value);

const at = id => document.getElementById(id);

export function robustness(digit) {
    const { Limits } = digit.library, normalize = at('normalize-first');
    const inputs = sliders.map(makeSlider), strips = sliders.map(slider => at(`strip-${slider.name}`));
    let run = 0, timer = 0;
    makeBars(digit.symbols);
    for (const input of inputs) input.addEventListener('input', show);
    at('limits-reset').addEventListener('click', () => {
        inputs.forEach((input, i) => { input.value = rest[i]; });
        show();
    });
    normalize.addEventListener('change', () => {
        show();
        findLimits();
    });
    whenDigitChanges(at('limits-figure'), () => {
        show();
        // While one draws, the digit of a moment ago says nothing.
        clearTimeout(timer);
        timer = setTimeout(findLimits, 300);
    });
    measurement(digit, normalize);

    function show() {
        const values = inputs.map(input => +input.value);
        sliders.forEach((slider, i) => {
            const text = slider.text(values[i]);
            at(`value-${slider.name}`).textContent = text;
            inputs[i].setAttribute('aria-valuetext', text);
        });
        showReading(JSON.parse(Limits.Show(digit.pixels, values, normalize.checked)), digit, normalize.checked);
        paintInk(at('sheet'), Limits.Sheet(), 64, 64);
        const seen = Limits.Seen(), side = Math.sqrt(seen.length);
        paintInk(at('seen'), seen, side, side);
        at('limits-window').hidden = normalize.checked;
    }

    function findLimits() {
        const mine = ++run, original = digit.pixels;
        inSlices(answers(original, normalize.checked), () => run !== mine);
    }

    function* answers(original, normalized) {
        const expected = nearest(Limits.Answer(original, rest, normalized));
        for (const [index, slider] of sliders.entries()) {
            const values = stops(slider), marks = [];
            for (const value of values) {
                const answer = Limits.Answer(original, only(index, value), normalized);
                marks.push(answer === nothing || nearest(answer) !== expected ? 0 : answer < 0 ? 1 : 2);
                yield;
            }
            showStrip(strips[index], slider, values, marks);
        }
    }
}

/** The answer of Limits.cs where the normalizer finds nothing. */
const nothing = -100;

/** An answer that a reader would reject comes as its complement. */
const nearest = answer => answer < 0 ? ~answer : answer;

function makeSlider(slider) {
    const { name, label, min, max, step, rest } = slider;
    at('sliders').insertAdjacentHTML('beforeend', `<div class="slider"><label for="slide-${name}">${label}</label><span class="amount" id="value-${name}"></span>
        <input type="range" id="slide-${name}" min="${min}" max="${max}" step="${step}" value="${rest}" aria-describedby="range-${name}">
        <canvas class="reach" id="strip-${name}" aria-hidden="true"></canvas><span class="reach-words" id="range-${name}" data-test="limit"></span></div>`);
    return at(`slide-${name}`);
}

/** Full height: read as before; half: nearest to the same code, but too far for a reader; a line: another digit. */
function showStrip(canvas, slider, values, marks) {
    const height = 8, last = values.length - 1, start = values.indexOf(slider.rest);
    Object.assign(canvas, { width: 2 * last, height });
    const context = canvas.getContext('2d');
    marks.forEach((mark, i) => {
        context.fillStyle = colour(mark ? '--accent' : '--warm');
        context.fillRect(2 * i - 1, [6, 4, 0][mark], 2, [2, 4, 8][mark]);
    });
    let from = start, to = start;
    while (from > 0 && marks[from - 1]) from--;
    while (to < last && marks[to + 1]) to++;
    const text = document.getElementById(`range-${slider.name}`), name = i => slider.text(values[i]);
    text.textContent = !marks[start] ? '–' : from === 0 && to === last ? 'all the way' : slider.min === slider.rest ? `up to ${name(to)}` : `${name(from)} to ${name(to)}`;
    Object.assign(text.dataset, { slider: slider.name, from: values[from], to: values[to] });
}

function makeBars(symbols) {
    for (const symbol of symbols) at('limits-distances').insertAdjacentHTML('beforeend', `<span>${symbol}</span><div class="track"><div></div></div><span class="value"></span>`);
}

function showReading({ answer, posterior, reason, distances }, digit, normalized) {
    const big = at('limits-answer'), before = digit.reading.label, rejected = reason !== 'None', max = largest(distances);
    big.textContent = answer < 0 ? '–' : answer;
    Object.assign(big.dataset, { test: 'deformed-answer', value: answer });
    big.classList.toggle('changed', before !== undefined && answer !== before);
    at('limits-words').textContent = answer < 0 ? 'The normalizer finds nothing here.'
        : `${before === undefined ? '' : answer === before ? 'as it was; ' : `it was ${before}; `}${rejected ? 'but too far from it for a reader, who rejects the picture' : `with a probability of ${format(100 * posterior, 1)} %`}`;
    at('seen').setAttribute('aria-label', `What the network sees, ${normalized ? 'made by the normalizer' : 'the middle of the sheet'}; it answers ${answer < 0 ? 'nothing' : answer}`);
    distances.forEach((distance, i) => {
        const [name, track, value] = [0, 1, 2].map(k => at('limits-distances').children[3 * i + k]);
        track.firstChild.style.width = `${100 * distance / max}%`;
        value.textContent = distance.toFixed(1);
        Object.assign(value.dataset, { test: 'deformed-distance', value: distance, index: i });
        for (const element of [name, track.firstChild, value]) element.classList.toggle('nearest', i === answer);
    });
}

/** The error of 300 test digits by the value of a slider. */
function measurement(digit, normalize) {
    const which = at('measured'), button = at('measure'), progress = at('measure-progress'), results = new Map(), charts = new Map();
    let running = null;
    which.append(...sliders.map(slider => new Option(slider.label, slider.name)));
    which.value = 'turn';
    const key = normalized => `${which.value} ${normalized}`;
    const current = () => results.get(key(normalize.checked));
    const finished = measured => measured?.length === stops(slider()).length;
    const slider = () => sliders.find(({ name }) => name === which.value);

    button.addEventListener('click', () => {
        if (running) return stop();
        start().catch(() => {
            stop();
            progress.textContent = 'The digits could not be loaded.';
        });
    });
    for (const control of [which, normalize]) control.addEventListener('change', stop);
    whenDigitChanges(at('measure-figure'), show);

    function stop() {
        running = null;
        show();
    }

    async function start() {
        const mine = running = {}, index = sliders.indexOf(slider()), normalized = normalize.checked;
        if (!current() || finished(current())) results.set(key(normalized), []);
        show();
        await loadTestDigits(digit.library);
        // Who asks for it waits for it: a larger part of each frame.
        await inSlices(measure(index, normalized, current()), () => running !== mine, 20);
        if (running === mine) stop();
    }

    function* measure(index, normalized, measured) {
        const values = stops(sliders[index]);
        while (measured.length < values.length) {
            const value = values[measured.length];
            let wrong = 0;
            for (let i = 0; i < testCount; i++) {
                wrong += digit.library.TestDigits.CountMisread(only(index, value), normalized, i, 1);
                if (i % 20 === 19) progress.textContent = `${slider().text(value)}: ${i + 1} of ${testCount} digits`;
                yield;
            }
            measured.push([value, wrong / testCount]);
            show();
        }
    }

    function show() {
        const measured = current();
        button.textContent = running ? 'Pause' : measured?.length && !finished(measured) ? 'Go on' : `Measure over ${testCount} digits`;
        if (!running) progress.textContent = measured ? summary(slider(), measured) : '';
        if (!charts.has(which.value)) charts.set(which.value, makeCurves(slider()));
        const { element, draw } = charts.get(which.value), curves = [results.get(key(false)) ?? [], results.get(key(true)) ?? []];
        if (at('measured-curve').firstChild !== element) at('measured-curve').replaceChildren(element);
        draw([{ name: 'as it is', kind: 'as-it-is', points: curves[0] }, { name: 'normalized first', kind: 'normalized-first', points: curves[1] }],
            curves.map((curve, i) => curve.length ? `${i ? 'Normalized first' : 'As it is'}: ${curve.map(([value, share]) => `${slider().text(value)} ${percent(share)}`).join(', ')}.` : '').join(' ') || 'Nothing is measured yet.');
    }
}

/** The chart of a slider. */
function makeCurves({ name, label, min, max, text, parts = 4 }) {
    const element = Object.assign(document.createElement('div'), { id: `curve-${name}`, className: 'curve-chart' });
    const x = { label, from: min, to: max, ticks: Array.from({ length: parts + 1 }, (_, i) => min + i / parts * (max - min)), write: text };
    const y = { label: 'misread', from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1], write: share => percent(share, 0) };
    return { element, draw: makeChart(element, { title: `Share of ${testCount} digits that are misread, by ${label.toLowerCase()}`, x, y }) };
}

/** Where no more than 2 % are misread. */
function summary(slider, measured) {
    const most = 0.02, start = measured.findIndex(([value]) => value === slider.rest);
    if (start < 0) return '';
    let from = start, to = start;
    while (from > 0 && measured[from - 1][1] <= most) from--;
    while (to < measured.length - 1 && measured[to + 1][1] <= most) to++;
    return `At most ${percent(most, 0)} are misread from ${slider.text(measured[from][0])} to ${slider.text(measured[to][0])}.`;
}
