// C1: a kernel slides over the input.
import { redraw, whenDigitChanges } from '../digit.js';
import { inspect } from '../inspect.js';
import { format, largest, paintMaps } from '../paint.js';
import { canvasOf, ending, equation, make, numberGrid, overlay, panel, picture, shown, squash, stageSwitch, times, total, windowOf } from './parts.js';

const size = 5, taps = size * size, field = { height: 32, width: 32 }, kernelShape = { height: size, width: size };

export function convolution(digit) {
    const figure = document.getElementById('c1-figure'), index = digit.index('C1'), layer = digit.layers[index], { maps, height, width } = layer;
    const parameters = digit.parameters(index), kernels = Array.from({ length: maps }, (_, map) => parameters.slice(map * taps, (map + 1) * taps));
    const kernelMax = largest(parameters.slice(0, maps * taps));
    const stage = stageSwitch('C1', () => redraw(figure));

    const shape = { maps, height, width, columns: 3 }, input = picture(field, 'The input, with the window that the chosen unit sees'), canvas = canvasOf(shape);
    const buttons = kernels.map((_, map) => {
        const button = make('button', { type: 'button', class: 'kernel' }, picture(kernelShape), `${map}`);
        button.setAttribute('aria-label', `Kernel and map ${map}`);
        button.addEventListener('click', () => choose({ ...place, map }));
        return button;
    });
    const window = numberGrid(size, size, 'Window of the input'), kernel = numberGrid(size, size, 'Kernel'), products = numberGrid(size, size, 'Products');
    const kernelPanel = panel('Kernel', '', kernel.element);
    const line = equation(['c1-products', 'sum of the 25 products'], '+', ['c1-bias', 'bias'], '=', ...ending('c1'));
    const where = make('p', { class: 'place', 'aria-live': 'polite' });
    figure.classList.add('c1');
    figure.replaceChildren(
        panel('Input', '32 × 32', input),
        panel('Kernels', '6 of 5 × 5', make('div', { class: 'kernels' }, ...buttons)),
        panel('Maps of C1', '6 of 28 × 28', stage.element, canvas),
        make('div', { class: 'arithmetic' }, where,
            make('div', { class: 'product' }, panel('Window of the input', '', window.element), make('span', { class: 'sign' }, '×'), kernelPanel,
                make('span', { class: 'sign' }, '='), panel('Products', '', products.element)),
            line.element));

    let place = { map: 4, y: 14, x: 15 };
    const point = inspect(canvas, shape, choose, 'Maps of C1');
    const markInput = overlay(input, field), markMap = overlay(canvas, shape, 'chosen-map');
    point(place);

    function choose(chosen) {
        place = chosen;
        point(place);
        redraw(figure);
    }

    whenDigitChanges(figure, () => {
        const values = digit.values(0), { map, y, x } = place, { values: painted, max } = shown(digit, index, stage);
        paintMaps(input, values, { ...field, max: 1.175 });
        paintMaps(canvas, painted, { ...shape, max });
        buttons.forEach((button, i) => {
            paintMaps(button.firstChild, kernels[i], { ...kernelShape, max: kernelMax });
            button.setAttribute('aria-pressed', i === map);
        });
        markInput({ y, x, ...kernelShape });
        markMap({ map, y: 0, x: 0, height, width });

        const seen = windowOf(values, { y, x, size }, field.height, field.width), multiplied = times(seen, kernels[map]);
        window.show(seen, 1.175);
        kernel.show(kernels[map], kernelMax);
        products.show(multiplied, kernelMax);
        kernelPanel.firstChild.textContent = `Kernel ${map}`;
        const sum = total(multiplied), bias = parameters[maps * taps + map], at = (map * height + y) * width + x, a = sum + bias, value = digit.values(index)[at];
        line.show({ 'c1-products': sum, 'c1-bias': bias, 'c1-sum': a, 'c1-value': squash(a), 'c1-library': value }, place);
        where.textContent = `Map ${map}, row ${y}, column ${x}: ${format(value)}`;
    });
}
