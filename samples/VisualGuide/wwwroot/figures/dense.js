// C5 and F6: units that see all of the layer before them.
import { redraw, whenDigitChanges } from '../digit.js';
import { inspect } from '../inspect.js';
import { format, largest, paintMaps } from '../paint.js';
import { amplitude, canvasOf, ending, equation, make, panel, picture, setNumber, shown, squash, stageSwitch, times, total } from './parts.js';

const codeWidth = 7;

/** C5: sixteen windows that are whole maps. */
export function wholeMaps(digit) {
    const figure = document.getElementById('c5-figure'), index = digit.index('C5'), { maps: units } = digit.layers[index];
    const { maps, height, width } = digit.layers[index - 1], plane = height * width, fanIn = maps * plane, parameters = digit.parameters(index);
    const shape = { height: 10, width: 12 }, stage = stageSwitch('C5', () => redraw(figure)), canvas = canvasOf(shape), mapShape = { height, width };
    const cards = Array.from({ length: maps }, (_, map) => {
        const source = picture(mapShape, `Map ${map} of S4`), kernel = picture(mapShape, `Kernel for map ${map}`), sum = make('span', { class: 'number', 'data-test': 'c5-part' });
        return { source, kernel, sum, element: make('div', { class: 'card' }, make('span', { class: 'title' }, `${map}`), source, make('span', { class: 'sign' }, '×'), kernel, sum) };
    });
    const line = equation(['c5-products', 'sum of the 16 maps'], '+', ['c5-bias', 'bias'], '=', ...ending('c5'));
    const where = make('p', { class: 'place', 'aria-live': 'polite' });
    figure.classList.add('c5');
    figure.replaceChildren(
        panel('Units of C5', '120', stage.element, canvas),
        make('div', { class: 'arithmetic' }, where, make('div', { class: 'contributions' }, ...cards.map(({ element }) => element)), line.element));

    let unit = 17;
    const point = inspect(canvas, shape, ({ y, x }) => {
        unit = y * shape.width + x;
        redraw(figure);
    }, 'Units of C5');
    point({ map: 0, y: Math.floor(unit / shape.width), x: unit % shape.width });

    whenDigitChanges(figure, () => {
        const inputs = digit.values(index - 1), { values: painted, max } = shown(digit, index, stage), place = { map: unit, y: 0, x: 0 };
        paintMaps(canvas, painted, { ...shape, max });
        const weights = parameters.slice(unit * fanIn, (unit + 1) * fanIn), strongest = largest(weights);
        let sum = 0;
        cards.forEach(({ source, kernel, sum: number }, map) => {
            const seen = inputs.slice(map * plane, (map + 1) * plane), multiplied = weights.slice(map * plane, (map + 1) * plane), part = total(times(seen, multiplied));
            sum += part;
            paintMaps(source, seen, { ...mapShape, max: amplitude });
            paintMaps(kernel, multiplied, { ...mapShape, max: strongest });
            number.textContent = format(part, 2);
            setNumber(number, part, { ...place, source: map });
        });
        const bias = parameters[units * fanIn + unit], a = sum + bias, value = digit.values(index)[unit];
        line.show({ 'c5-products': sum, 'c5-bias': bias, 'c5-sum': a, 'c5-value': squash(a), 'c5-library': value }, place);
        where.textContent = `Unit ${unit}: ${format(value)}`;
    });
}

/** F6: a weight for each of the 120 units. */
export function fullyConnected(digit) {
    const figure = document.getElementById('f6-figure'), index = digit.index('F6'), { maps: units } = digit.layers[index], inputs = digit.layers[index - 1].maps, parameters = digit.parameters(index);
    const shape = { height: 10, width: 12 }, bitmap = { height: units / codeWidth, width: codeWidth };
    const stage = stageSwitch('F6', () => redraw(figure)), canvas = canvasOf(bitmap), values = canvasOf(shape), weights = canvasOf(shape), products = canvasOf(shape);
    const one = equation(['f6-input', 'C5'], '×', ['f6-weight', 'weight'], '=', ['f6-product', 'product']);
    const line = equation(['f6-products', 'sum of the 120 products'], '+', ['f6-bias', 'bias'], '=', ...ending('f6'));
    const where = make('p', { class: 'place', 'aria-live': 'polite' }), whichInput = make('p', { class: 'place', 'aria-live': 'polite' });
    figure.classList.add('f6');
    figure.replaceChildren(
        panel('Units of F6', '84 = 12 × 7', stage.element, canvas),
        make('div', { class: 'arithmetic' }, where,
            make('div', { class: 'product' }, panel('Values of C5', '120', values), make('span', { class: 'sign' }, '×'), panel('Its weights', '120', weights),
                make('span', { class: 'sign' }, '='), panel('Products', '120', products)),
            whichInput, one.element, line.element));

    let unit = 24, input = 17;
    const point = inspect(canvas, bitmap, ({ y, x }) => {
        unit = y * codeWidth + x;
        redraw(figure);
    }, 'Units of F6');
    point({ map: 0, y: Math.floor(unit / codeWidth), x: unit % codeWidth });
    const points = [[values, 'Values of C5'], [weights, 'Weights'], [products, 'Products']].map(([of, label]) => inspect(of, shape, ({ y, x }) => {
        input = y * shape.width + x;
        redraw(figure);
    }, label));

    whenDigitChanges(figure, () => {
        const before = digit.values(index - 1), { values: painted, max } = shown(digit, index, stage), place = { map: unit, y: 0, x: 0 };
        const row = parameters.slice(unit * inputs, (unit + 1) * inputs), multiplied = times(before, row), strongest = largest(row);
        paintMaps(canvas, painted, { ...bitmap, max });
        paintMaps(values, before, { ...shape, max: amplitude });
        paintMaps(weights, row, { ...shape, max: strongest });
        paintMaps(products, multiplied, { ...shape, max: strongest });
        for (const show of points) show({ map: 0, y: Math.floor(input / shape.width), x: input % shape.width });
        one.show({ 'f6-input': before[input], 'f6-weight': row[input], 'f6-product': multiplied[input] }, { ...place, source: input });
        const sum = total(multiplied), bias = parameters[units * inputs + unit], a = sum + bias, value = digit.values(index)[unit];
        line.show({ 'f6-products': sum, 'f6-bias': bias, 'f6-sum': a, 'f6-value': squash(a), 'f6-library': value }, place);
        where.textContent = `Unit ${unit}: row ${Math.floor(unit / codeWidth)}, column ${unit % codeWidth} of the picture: ${format(value)}`;
        whichInput.textContent = `Unit ${input} of C5: ${format(before[input])} times ${format(row[input])}`;
    });
}
