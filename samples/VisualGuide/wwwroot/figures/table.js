// C3: which maps of S2 each map sees, and what each of them adds.
import { redraw, whenDigitChanges } from '../digit.js';
import { inspect } from '../inspect.js';
import { format, largest, paintMaps } from '../paint.js';
import { amplitude, canvasOf, ending, equation, make, overlay, panel, picture, setNumber, shown, squash, stageSwitch, times, total, windowOf } from './parts.js';

const size = 5, taps = size * size, kernelShape = { height: size, width: size };

/** Where there is room, every map stands under its column of the table. */
const wide = matchMedia('(min-width: 60rem)');

export function table(digit) {
    let place = { map: 6, y: 4, x: 5 };
    const build = () => draw(digit, place, chosen => { place = chosen; });
    wide.addEventListener('change', build);
    build();
}

function draw(digit, place, remember) {
    const figure = document.getElementById('c3-figure'), index = digit.index('C3'), { maps, height, width, table: inputsOf } = digit.layers[index];
    const before = digit.layers[index - 1], beforeShape = { height: before.height, width: before.width }, plane = before.height * before.width;
    const { kernels, biases, kernelMax } = parametersOf(digit.parameters(index), inputsOf);

    const shape = { maps, height, width, columns: wide.matches ? maps : 4 }, canvas = canvasOf(shape), stage = stageSwitch('C3', () => redraw(figure));
    const connections = connectionTable(inputsOf, before.maps, map => choose({ ...place, map }));
    const cards = Array.from({ length: before.maps }, () => card(beforeShape));
    const line = equation(['c3-products', 'sum of these maps'], '+', ['c3-bias', 'bias'], '=', ...ending('c3'));
    const where = make('p', { class: 'place', 'aria-live': 'polite' });
    figure.classList.add('c3');
    figure.replaceChildren(
        panel('Which maps of S2 each map of C3 sees', '', connections.element),
        panel('Maps of C3', `${maps} of ${height} × ${width}`, stage.element, make('div', { class: 'under' }, canvas)),
        make('div', { class: 'arithmetic' }, where, make('div', { class: 'contributions' }, ...cards.map(({ element }) => element)), line.element));
    for (const one of cards) one.mark = overlay(one.source, beforeShape);

    const point = inspect(canvas, shape, choose, 'Maps of C3'), markMap = overlay(canvas, shape, 'chosen-map');
    point(place);

    function choose(chosen) {
        place = chosen;
        remember(place);
        point(place);
        redraw(figure);
    }

    whenDigitChanges(figure, () => {
        const { map, y, x } = place, inputs = digit.values(index - 1), { values: painted, max } = shown(digit, index, stage);
        connections.show(map);
        paintMaps(canvas, painted, { ...shape, max });
        markMap({ map, y: 0, x: 0, height, width });
        let sum = 0;
        cards.forEach((one, i) => {
            const source = inputsOf[map][i], kernel = kernels[map][i];
            one.element.hidden = !kernel;
            if (!kernel) return;
            const seen = windowOf(inputs, { map: source, y, x, size }, before.height, before.width), part = total(times(seen, kernel));
            sum += part;
            paintMaps(one.source, inputs.slice(source * plane, (source + 1) * plane), { ...beforeShape, max: amplitude });
            one.mark({ y, x, ...kernelShape });
            paintMaps(one.window, seen, { ...kernelShape, max: amplitude });
            paintMaps(one.kernel, kernel, { ...kernelShape, max: kernelMax });
            one.title.textContent = `Map ${source} of S2`;
            one.source.setAttribute('aria-label', `Map ${source} of S2`);
            one.sum.textContent = `Σ ${format(part)}`;
            setNumber(one.sum, part, { ...place, source });
        });
        const bias = biases[map], a = sum + bias, value = digit.values(index)[(map * height + y) * width + x];
        line.show({ 'c3-products': sum, 'c3-bias': bias, 'c3-sum': a, 'c3-value': squash(a), 'c3-library': value }, place);
        where.textContent = `Map ${map}, row ${y}, column ${x}: ${format(value)}, from maps ${inputsOf[map].join(', ')} of S2`;
    });
}

/** The kernels lie output map by output map, each map's inputs in ascending order; then come the biases. */
function parametersOf(all, inputsOf) {
    let next = 0;
    const kernels = inputsOf.map(inputs => inputs.map(() => all.slice(next, next += taps)));
    return { kernels, biases: all.slice(next), kernelMax: largest(all.slice(0, next)) };
}

function card(shape) {
    const source = picture(shape, 'A map of S2'), window = picture(kernelShape, 'Its window'), kernel = picture(kernelShape, 'Its kernel');
    const title = make('p', { class: 'title' }), sum = make('span', { class: 'number', 'data-test': 'c3-part' });
    const element = make('div', { class: 'card' }, title,
        make('div', { class: 'steps' }, make('div', {}, source), window, make('span', { class: 'sign' }, '×'), kernel), sum);
    return { element, title, source, window, kernel, sum };
}

/** Rows are maps of S2, columns maps of C3; a column is chosen by a click or by the arrow keys. */
function connectionTable(inputsOf, inputs, choose) {
    const element = make('table', { class: 'connections' });
    const buttons = inputsOf.map((_, map) => make('button', { type: 'button', 'aria-label': `Map ${map} of C3` }, `${map}`));
    element.append(make('thead', {}, make('tr', {}, make('td', {}, 'C3'), ...buttons.map(button => make('th', { scope: 'col' }, button)))));
    const body = element.appendChild(make('tbody'));
    for (let input = 0; input < inputs; input++) {
        const cells = inputsOf.map(connected => make('td', {}, connected.includes(input) ? make('span', { class: 'link', role: 'img', 'aria-label': 'connected' }) : ''));
        body.append(make('tr', {}, make('th', { scope: 'row', 'aria-label': `Map ${input} of S2` }, input ? `${input}` : `S2 ${input}`), ...cells));
    }
    element.addEventListener('click', event => {
        const column = event.target.closest('td, th')?.cellIndex - 1;
        if (column >= 0) choose(column);
    });
    element.addEventListener('keydown', event => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key], next = buttons[buttons.indexOf(event.target) + step];
        if (!step) return;
        event.preventDefault();
        if (!next) return;
        next.focus();
        choose(buttons.indexOf(next));
    });
    return {
        element,
        show(map) {
            for (const row of element.rows) [...row.cells].forEach((cell, i) => cell.classList.toggle('chosen', i === map + 1));
            buttons.forEach((button, i) => {
                button.setAttribute('aria-pressed', i === map);
                button.tabIndex = i === map ? 0 : -1;
            });
        },
    };
}
