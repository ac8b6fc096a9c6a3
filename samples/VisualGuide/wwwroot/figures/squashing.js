// The squashing function, and where the values of a layer lie on it.
import { redraw, whenDigitChanges } from '../digit.js';
import { make, setNumber } from './parts.js';

const reach = 8, top = 2, bins = 96, saturated = 1.6, names = ['C1', 'S2', 'C3', 'S4', 'C5', 'F6'];
const sums = Array.from({ length: 321 }, (_, i) => reach * (i - 160) / 160);

export function squashing(digit) {
    const figure = document.getElementById('squashing-figure'), curve = digit.library.Layers.Squash(sums), [atOne, atMinusOne] = digit.library.Layers.Squash([1, -1]);
    const canvas = make('canvas', { role: 'img', 'aria-label': 'The squashing function' }), share = make('span', { class: 'number', 'data-test': 'saturated' }), told = make('p', { class: 'caption' });
    let name = 'C3';
    const buttons = names.map(layer => {
        const button = make('button', { type: 'button', 'aria-pressed': layer === name }, layer);
        button.addEventListener('click', () => {
            name = layer;
            for (const other of buttons) other.setAttribute('aria-pressed', other === button);
            redraw(figure);
        });
        return button;
    });
    const which = make('span');
    told.append(share, which);
    figure.classList.add('squashing');
    figure.replaceChildren(make('div', { class: 'buttons', role: 'group', 'aria-label': 'Layer whose values are shown' }, ...buttons), canvas, told);
    new ResizeObserver(() => redraw(figure)).observe(figure);

    whenDigitChanges(figure, () => {
        const index = digit.index(name), a = digit.sums(index), y = digit.values(index), part = y.filter(value => Math.abs(value) > saturated).length / y.length;
        draw(canvas, curve, { atOne, atMinusOne }, a, y);
        share.textContent = `${(100 * part).toFixed(1)} %`;
        setNumber(share, part, { layer: name });
        which.textContent = ` of the ${y.length.toLocaleString('en')} values of ${name} lie beyond ±${saturated}, in the flat parts. Sums beyond ±${reach} are drawn at the ends.`;
        canvas.setAttribute('aria-label', `The squashing function beside tanh, with the values of ${name} on it: ${(100 * part).toFixed(0)} % of them in the flat parts.`);
    });
}

function draw(canvas, curve, { atOne, atMinusOne }, a, y) {
    const ratio = devicePixelRatio || 1, width = canvas.clientWidth || 600, narrow = width < 480, height = narrow ? 340 : 420, style = getComputedStyle(canvas);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext('2d'), colour = name => style.getPropertyValue(`--${name}`).trim();
    context.scale(ratio, ratio);
    const side = narrow ? 52 : 90, below = narrow ? 60 : 84, left = narrow ? 38 : 44, right = width - side, bottom = height - below - 6, above = 8;
    const px = sum => left + (Math.max(-reach, Math.min(reach, sum)) + reach) / (2 * reach) * (right - left), py = value => above + (top - value) / (2 * top) * (bottom - above);
    const line = (points, strokeStyle, lineWidth, dash = []) => {
        Object.assign(context, { strokeStyle, lineWidth });
        context.setLineDash(dash);
        context.beginPath();
        points.forEach(([x, v]) => context.lineTo(x, v));
        context.stroke();
    };

    context.font = `12px ${style.fontFamily}`;
    context.fillStyle = colour('soft');
    context.textAlign = 'center';
    for (let sum = -reach; sum <= reach; sum += narrow ? 4 : 2) {
        line([[px(sum), above], [px(sum), bottom]], colour('line'), sum ? 0.5 : 1.5);
        if (sum) context.fillText(`${sum}`.replace('-', '−'), px(sum), py(0) + 14);
    }
    context.textAlign = 'right';
    for (const value of [-1.7159, -1, 0, 1, 1.7159]) {
        line([[left, py(value)], [right, py(value)]], colour('line'), value ? 0.5 : 1.5, Math.abs(value) > 1 ? [4, 4] : []);
        context.fillText(value.toFixed(Math.abs(value) > 1 ? 2 : 0).replace('-', '−'), left - 5, py(value) + 4);
    }

    line(sums.map(sum => [px(sum), py(Math.tanh(sum))]), colour('soft'), 1.5, [6, 4]);
    line(sums.map((sum, i) => [px(sum), py(curve[i])]), colour('accent'), 2.5);
    context.fillStyle = colour('warm');
    context.globalAlpha = Math.max(0.15, Math.min(0.7, 30 / Math.sqrt(a.length) / 2));
    for (let i = 0; i < a.length; i++) {
        context.beginPath();
        context.arc(px(a[i]), py(y[i]), 3, 0, 7);
        context.fill();
    }
    context.globalAlpha = 1;
    context.fillStyle = colour('soft');
    histogram(a, -reach, reach, (from, to, part) => context.fillRect(px(from), height - part * below, px(to) - px(from) - 0.5, part * below));
    histogram(y, -top, top, (from, to, part) => context.fillRect(right + 8, py(to), part * (side - 10), py(from) - py(to) - 0.5));

    context.font = `600 13px ${style.fontFamily}`;
    context.textAlign = 'left';
    for (const [sum, value, text] of [[1, atOne, 'f(1) = 1'], [-1, atMinusOne, 'f(−1) = −1']]) {
        context.beginPath();
        context.arc(px(sum), py(value), 5, 0, 7);
        Object.assign(context, { fillStyle: colour('raised'), strokeStyle: colour('ink'), lineWidth: 2 });
        context.setLineDash([]);
        context.fill();
        context.stroke();
        context.fillStyle = colour('ink');
        context.fillText(text, px(sum) + 12, py(value) + (value > 0 ? 18 : 4));
    }
    context.fillStyle = colour('accent');
    context.fillText('f', px(5.4), py(1.7159) - 8);
    context.fillStyle = colour('soft');
    context.fillText('tanh', px(-6.4), py(-1) - 8);
}

/** Calls bar(from, to, share of the fullest) for each bin; what lies beyond the ends counts in the last ones. */
function histogram(values, low, high, bar) {
    const counts = new Array(bins).fill(0), step = (high - low) / bins;
    for (const value of values) counts[Math.max(0, Math.min(bins - 1, Math.floor((value - low) / step)))]++;
    const most = Math.max(...counts);
    counts.forEach((count, i) => { if (count) bar(low + i * step, low + (i + 1) * step, count / most); });
}
