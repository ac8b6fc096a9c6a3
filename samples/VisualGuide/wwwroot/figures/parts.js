// What the figures of the layers are made of.
import { colourOf, cssOf, format } from '../paint.js';

/** The constants of the squashing function. */
export const amplitude = 1.7159, stretch = 2 / 3;

/** The squashing function, for figures that show the arithmetic; the library's own value stands beside it. */
export const squash = sum => amplitude * Math.tanh(stretch * sum);

/** An element with attributes and children. */
export function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
}

/** A canvas for maps, as large as paintMaps will make it: the page does not jump when it is painted. */
export function canvasOf({ maps = 1, height, width, columns = maps, gap = 1 }) {
    const canvas = make('canvas');
    canvas.width = columns * (width + gap) - gap;
    canvas.height = Math.ceil(maps / columns) * (height + gap) - gap;
    canvas.style.aspectRatio = `${canvas.width} / ${canvas.height}`;
    return canvas;
}

/** The same as a picture that screen readers know by its label; without one it only adorns what has a name. */
export function picture(shape, label) {
    const canvas = canvasOf(shape);
    if (!label) canvas.setAttribute('aria-hidden', 'true');
    else {
        canvas.setAttribute('role', 'img');
        canvas.setAttribute('aria-label', label);
    }
    return canvas;
}

/** A part of a figure under a title. */
export function panel(title, size, ...content) {
    const head = make('p', { class: 'title' }, title);
    if (size) head.append(' ', make('span', { class: 'size' }, size));
    return make('div', { class: 'panel' }, head, ...content);
}

/** Buttons that choose between the sums of a layer and what squashing makes of them. Returns the element and whether the sums are wanted. */
export function stageSwitch(layer, changed) {
    const element = make('div', { class: 'stages', role: 'group', 'aria-label': `What is shown of ${layer}` });
    const stage = { element, sums: false };
    const buttons = [['Sums', true], ['Squashed', false]].map(([text, sums]) => {
        const button = make('button', { type: 'button', 'aria-pressed': !sums }, text);
        button.addEventListener('click', () => {
            stage.sums = sums;
            for (const other of buttons) other.setAttribute('aria-pressed', other === button);
            changed();
        });
        return element.appendChild(button);
    });
    return stage;
}

/** What a picture of a layer shows, and which number has the full colour. */
export function shown(digit, index, stage) {
    return stage.sums ? { values: digit.sums(index), max: 5 } : { values: digit.values(index), max: amplitude };
}

/** Lays a mark over part of a canvas, in units of its pixels. Returns show({ map, y, x, height, width }); without a place the mark goes away. */
export function overlay(canvas, { maps = 1, height, width, columns = maps, gap = 1 }, kind = 'mark') {
    let frame = canvas.parentElement;
    if (!frame?.matches('.inspected, .marked')) {
        frame = make('div', { class: 'marked' });
        canvas.replaceWith(frame);
        frame.append(canvas);
    }
    const mark = frame.appendChild(make('div', { class: kind })), rows = Math.ceil(maps / columns);
    const w = columns * (width + gap) - gap, h = rows * (height + gap) - gap;
    return place => {
        mark.hidden = !place;
        if (!place) return;
        const left = (place.map ?? 0) % columns * (width + gap) + place.x, top = Math.floor((place.map ?? 0) / columns) * (height + gap) + place.y;
        Object.assign(mark.style, { left: `${100 * left / w}%`, top: `${100 * top / h}%`, width: `${100 * place.width / w}%`, height: `${100 * place.height / h}%` });
    };
}

/** Numbers on their colours. */
export function numberGrid(rows, columns, label) {
    const element = make('div', { class: 'numbers', role: 'img', 'aria-label': label });
    element.style.setProperty('--columns', columns);
    const cells = Array.from({ length: rows * columns }, () => element.appendChild(make('span')));
    return {
        element,
        show(values, max, digits = 2) {
            cells.forEach((cell, i) => {
                cell.textContent = format(values[i], digits);
                cell.style.backgroundColor = cssOf(values[i], max);
                cell.style.color = isDark(colourOf(values[i], max)) ? '#fff' : '#000';
            });
        },
    };
}

function isDark(colour) {
    const [r, g, b] = [colour, colour >> 8, colour >> 16].map(part => ((part & 255) / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.18;
}

/** A number under its name: show(value, place) writes it, and its full precision beside it. */
export function term(test, name, digits = 4) {
    const number = make('span', { class: 'number', 'data-test': test });
    const element = make('span', { class: 'term' }, make('span', { class: 'name' }, name), number);
    return {
        element,
        show(value, place) {
            number.textContent = format(value, digits);
            setNumber(number, value, place);
        },
    };
}

/** Puts a number and its place beside what an element says. */
export function setNumber(element, value, place = {}) {
    Object.assign(element.dataset, { value, ...place });
}

/** A line of arithmetic: numbers as [test, name], signs as strings. show takes the numbers by test. */
export function equation(...parts) {
    const element = make('div', { class: 'equation' }), terms = new Map();
    let sign = '';
    for (const part of parts) {
        if (typeof part === 'string') sign = part;
        else {
            const made = term(...part);
            terms.set(part[0], made);
            // A sign stays with the number after it when the line is broken.
            element.append(sign ? make('span', { class: 'signed' }, make('span', { class: 'sign' }, sign), made.element) : made.element);
            sign = '';
        }
    }
    return {
        element,
        show(numbers, place) {
            for (const [test, value] of Object.entries(numbers)) terms.get(test).show(value, place);
        },
    };
}

/** The end of every such line: the sum, what squashing makes of it, and what the library has there. */
export const ending = name => [[`${name}-sum`, 'sum a'], '→', [`${name}-value`, 'f(a)'], '=', [`${name}-library`, 'the library’s']];

/** The products of two lists, one by one. */
export const times = (a, b) => a.map((value, i) => value * b[i]);

export const total = values => values.reduce((sum, value) => sum + value, 0);

/** A window of a map, row by row. */
export function windowOf(values, { map = 0, y, x, size }, height, width) {
    return Array.from({ length: size * size }, (_, i) => values[(map * height + y + Math.floor(i / size)) * width + x + i % size]);
}
