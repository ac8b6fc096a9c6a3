// The pixels, and what the network gets of them.
import { redraw, whenDigitChanges } from '../digit.js';
import { inspect } from '../inspect.js';
import { format, paintInk, paintMaps } from '../paint.js';
import { canvasOf, equation, make, overlay, panel, setNumber, total } from './parts.js';

const side = 28, field = 32, border = (field - side) / 2, rawShape = { height: side, width: side }, scaledShape = { height: field, width: field };

export function input(digit) {
    const figure = document.getElementById('input-figure'), raw = canvasOf(rawShape), scaled = canvasOf(scaledShape);
    const moments = make('p', { class: 'moments' });
    const line = equation(['input-raw', 'pixel p', 0], '× 1.275 ∕ 255 − 0.1 =', ['input-value', 'value x'], '=', ['input-library', 'the library’s']);
    const where = make('p', { class: 'place', 'aria-live': 'polite' });
    figure.classList.add('pair');
    figure.replaceChildren(
        panel('As it comes', '28 × 28, 0 to 255', raw),
        panel('As the network sees it', '32 × 32, −0.1 to 1.175', scaled),
        make('div', { class: 'arithmetic' }, where, line.element, moments));

    let place = { y: 13, x: 15 };
    const choose = (y, x) => {
        place = { y, x };
        redraw(figure);
    };
    const pointRaw = inspect(raw, rawShape, ({ y, x }) => choose(y + border, x + border), 'Pixels of the digit');
    const pointScaled = inspect(scaled, scaledShape, ({ y, x }) => choose(y, x), 'Values of the input layer');
    // Marks of their own instead of those that follow the pointer: in the padding there is none in the digit.
    for (const canvas of [raw, scaled]) canvas.parentElement.querySelector('.mark').remove();
    const markRaw = overlay(raw, rawShape), markScaled = overlay(scaled, scaledShape), markField = overlay(scaled, scaledShape, 'border');
    markField({ y: border, x: border, height: side, width: side });

    whenDigitChanges(figure, () => {
        const pixels = digit.pixels, values = digit.values(0), { y, x } = place;
        paintInk(raw, pixels, side, side);
        paintMaps(scaled, values, { ...scaledShape, max: 1.175 });
        const inside = y >= border && x >= border && y < border + side && x < border + side;
        pointScaled({ map: 0, y, x });
        if (inside) pointRaw({ map: 0, y: y - border, x: x - border });
        markRaw(inside && { y: y - border, x: x - border, height: 1, width: 1 });
        markScaled({ y, x, height: 1, width: 1 });
        const pixel = inside ? pixels[(y - border) * side + x - border] : 0, value = 1.275 * pixel / 255 - 0.1;
        line.show({ 'input-raw': pixel, 'input-value': value, 'input-library': values[y * field + x] }, place);
        where.textContent = `Row ${y}, column ${x} of the field: ${format(values[y * field + x])}` + (inside ? '' : ', padding, as ground');
        const mean = total(values) / values.length, variance = total(values.map(v => (v - mean) ** 2)) / values.length;
        showMoments(moments, mean, variance);
    });
}

function showMoments(element, mean, variance) {
    if (!element.firstChild) {
        const number = test => make('span', { class: 'number', 'data-test': test });
        element.append('All 1,024 values have a mean of ', number('input-mean'), ' and a variance of ', number('input-variance'), '.');
    }
    [mean, variance].forEach((value, i) => {
        const number = element.children[i];
        number.textContent = format(value);
        setNumber(number, value);
    });
}
