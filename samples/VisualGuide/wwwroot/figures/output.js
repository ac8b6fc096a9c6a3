// The output: how far F6 lies from the picture of each class.
import { redraw, whenDigitChanges } from '../digit.js';
import { inspect } from '../inspect.js';
import { format, paintMaps } from '../paint.js';
import { amplitude, canvasOf, equation, make, overlay, panel, picture, setNumber, total } from './parts.js';

const shape = { height: 12, width: 7 }, worstCount = 5;

export function output(digit) {
    const figure = document.getElementById('output-figure'), index = digit.index('Output'), length = shape.height * shape.width;
    const all = digit.parameters(index), codes = [...digit.symbols].map((_, i) => all.slice(i * length, (i + 1) * length));
    // The nearest class, unless another one was chosen.
    let chosen = null, place = { y: 3, x: 3 };

    const classes = codes.map((_, i) => {
        const value = make('span', { class: 'number', 'data-test': 'output-penalty' }), button = make('button', { type: 'button', class: 'class' }, picture(shape), make('span', { class: 'symbol' }, digit.symbols[i]), value);
        button.addEventListener('click', () => {
            chosen = chosen === i ? null : i;
            redraw(figure);
        });
        return { button, value };
    });
    const grids = ['F6', 'Pattern', 'Differences', 'Squares'].map(title => ({ title, canvas: canvasOf(shape) }));
    const panels = grids.map(({ title, canvas }) => panel(title, '', canvas));
    const signs = ['−', '=', '→'].map(sign => make('span', { class: 'sign' }, sign));
    const one = equation(['output-f6', 'F6'], '−', ['output-code', 'pattern'], '=', ['output-difference', 'difference'], '→', ['output-square', 'square']);
    const line = equation(['output-distance', 'sum of the 84 squares'], '=', ['output-library', 'the library’s penalty']);
    const where = make('p', { class: 'place', 'aria-live': 'polite' }), worst = make('p', { class: 'worst' });
    figure.classList.add('output');
    figure.replaceChildren(
        make('div', { class: 'classes', role: 'group', 'aria-label': 'Classes, with their penalties' }, ...classes.map(({ button }) => button)),
        make('div', { class: 'product' }, panels[0], signs[0], panels[1], signs[1], panels[2], signs[2], panels[3]),
        make('div', { class: 'arithmetic' }, where, one.element, line.element, worst));

    const points = grids.map(({ title, canvas }) => inspect(canvas, shape, ({ y, x }) => {
        place = { y, x };
        redraw(figure);
    }, title));
    const marks = Array.from({ length: worstCount }, () => overlay(grids[3].canvas, shape, 'worst-mark'));

    whenDigitChanges(figure, () => {
        const f6 = digit.values(index - 1), penalties = digit.values(index), nearest = penalties.indexOf(Math.min(...penalties)), picked = chosen ?? nearest, code = codes[picked];
        classes.forEach(({ button, value }, i) => {
            paintMaps(button.firstChild, codes[i], { ...shape, max: amplitude });
            value.textContent = penalties[i].toFixed(1);
            setNumber(value, penalties[i], { map: i });
            button.classList.toggle('nearest', i === nearest);
            button.setAttribute('aria-pressed', i === picked);
        });
        const differences = f6.map((value, i) => value - code[i]), squares = differences.map(value => value * value);
        paintMaps(grids[0].canvas, f6, { ...shape, max: amplitude });
        paintMaps(grids[1].canvas, code, { ...shape, max: amplitude });
        paintMaps(grids[2].canvas, differences, { ...shape, max: 2 });
        paintMaps(grids[3].canvas, squares, { ...shape, max: 4 });
        for (const show of points) show({ map: 0, ...place });
        panels[1].firstChild.textContent = `Pattern of ${digit.symbols[picked]}`;

        const at = place.y * shape.width + place.x;
        one.show({ 'output-f6': f6[at], 'output-code': code[at], 'output-difference': differences[at], 'output-square': squares[at] }, { map: picked, ...place });
        line.show({ 'output-distance': total(squares), 'output-library': penalties[picked] }, { map: picked });
        where.textContent = `Row ${place.y}, column ${place.x}: unit ${at} of F6 is off by ${format(differences[at])}`;
        const order = squares.map((_, i) => i).sort((a, b) => squares[b] - squares[a]).slice(0, worstCount);
        order.forEach((i, k) => marks[k]({ y: Math.floor(i / shape.width), x: i % shape.width, height: 1, width: 1 }));
        const share = total(order.map(i => squares[i])) / total(squares);
        worst.textContent = `The ${worstCount} pixels that disagree most, marked in the squares, make ${Math.round(100 * share)} % of the distance to ${digit.symbols[picked]}.`;
    });
}
