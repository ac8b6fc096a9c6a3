// The digit moved by a pixel: how much of each layer changes.
import { whenDigitChanges } from '../digit.js';
import { showSample } from '../writing.js';
import { make, setNumber, total } from './parts.js';

const side = 28, most = 4;
const directions = [['↑', 'up', 0, -1], ['←', 'left', -1, 0], ['→', 'right', 1, 0], ['↓', 'down', 0, 1]];

export function shift(digit) {
    const figure = document.getElementById('shift-figure'), layers = digit.layers.slice(0, -1);
    let origin = null, dx = 0, dy = 0;
    const where = make('p', { class: 'place', 'aria-live': 'polite' }), back = make('button', { type: 'button', class: 'back' }, 'Back');
    const arrows = make('div', { class: 'arrows', role: 'group', 'aria-label': 'Move the digit by a pixel' });
    for (const [sign, name, x, y] of directions) {
        const button = arrows.appendChild(make('button', { type: 'button', class: name, 'aria-label': `A pixel ${name}` }, sign));
        button.addEventListener('click', () => move(dx + x, dy + y));
    }
    arrows.append(back);
    back.addEventListener('click', () => move(0, 0));

    const body = make('tbody'), rows = layers.map(({ name }) => {
        const change = make('td', { 'data-test': `shift-${name}` }), share = make('td', { class: 'share', 'data-test': `shift-share-${name}` }), bar = make('div');
        body.append(make('tr', {}, make('th', { scope: 'row' }, name), change, share, make('td', { class: 'track', 'aria-hidden': 'true' }, make('div', { class: 'track' }, bar))));
        return { change, share, bar };
    });
    const head = make('tr', {}, ...['Layer', 'mean change', 'of its spread', ''].map(text => text ? make('th', { scope: 'col' }, text) : make('td')));
    figure.classList.add('shift');
    figure.replaceChildren(make('div', {}, arrows, where), make('table', {}, make('thead', {}, head), body));

    function move(x, y) {
        if (!origin) origin = { pixels: digit.pixels, values: layers.map((_, i) => digit.values(i)) };
        dx = Math.max(-most, Math.min(most, x));
        dy = Math.max(-most, Math.min(most, y));
        showSample(shifted(origin.pixels, dx, dy));
    }

    whenDigitChanges(figure, () => {
        // Another digit has come from elsewhere.
        if (origin && !same(digit.pixels, shifted(origin.pixels, dx, dy))) {
            origin = null;
            dx = dy = 0;
        }
        back.disabled = !dx && !dy;
        where.textContent = dx || dy ? `Moved ${named(dx, 'right', 'left')}${dx && dy ? ' and ' : ''}${named(dy, 'down', 'up')}; read as ${digit.reading.label ?? 'nothing'}.` : 'Where it was written.';
        rows.forEach(({ change, share, bar }, i) => {
            const now = digit.values(i), before = origin?.values[i] ?? now, moved = meanDistance(now, before), middle = total(before) / before.length;
            // A sheet without ink has no spread.
            const spread = total(before.map(value => Math.abs(value - middle))) / before.length, part = spread ? moved / spread : 0;
            change.textContent = moved.toFixed(3);
            share.textContent = `${Math.round(100 * part)} %`;
            bar.style.width = `${Math.min(100, 100 * part / 1.2)}%`;
            setNumber(change, moved);
            setNumber(share, part);
        });
    });
}

const meanDistance = (a, b) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;

const same = (a, b) => a.every((value, i) => value === b[i]);

const named = (by, positive, negative) => by ? `${Math.abs(by)} ${by > 0 ? positive : negative}` : '';

function shifted(pixels, dx, dy) {
    const moved = new Uint8Array(side * side);
    for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) {
            const fromX = x - dx, fromY = y - dy;
            if (fromX >= 0 && fromY >= 0 && fromX < side && fromY < side) moved[y * side + x] = pixels[fromY * side + fromX];
        }
    }
    return moved;
}
