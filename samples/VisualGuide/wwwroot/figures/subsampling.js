// S2 and S4: averages of blocks, with a weight and a bias.
import { redraw, whenDigitChanges } from '../digit.js';
import { inspect } from '../inspect.js';
import { format, paintMaps } from '../paint.js';
import { amplitude, canvasOf, ending, equation, make, numberGrid, overlay, panel, picture, shown, squash, stageSwitch, total, windowOf } from './parts.js';

const block = 2;

export function subsampling(digit) {
    layer(digit, 'S2', 3, { map: 1, y: 6, x: 7 });
    layer(digit, 'S4', 4, { map: 9, y: 2, x: 2 });
}

function layer(digit, name, columns, first) {
    const index = digit.index(name), { maps, height, width } = digit.layers[index], before = digit.layers[index - 1], id = name.toLowerCase();
    const figure = document.getElementById(`${id}-figure`), parameters = digit.parameters(index);
    const stage = stageSwitch(name, () => redraw(figure));
    const shape = { maps, height, width, columns }, beforeShape = { height: before.height, width: before.width };
    const source = picture(beforeShape, `A map of ${before.name}`), canvas = canvasOf(shape), grid = numberGrid(block, block, `Block of ${before.name}`);
    const sourcePanel = panel(before.name, '', source);
    const line = equation([`${id}-average`, 'average'], '×', [`${id}-weight`, 'weight'], '+', [`${id}-bias`, 'bias'], '=', ...ending(id));
    const where = make('p', { class: 'place', 'aria-live': 'polite' });
    figure.classList.add('subsampling');
    figure.replaceChildren(
        sourcePanel,
        panel(`Maps of ${name}`, `${maps} of ${height} × ${width}`, stage.element, canvas),
        make('div', { class: 'arithmetic' }, where, make('div', { class: 'product' }, panel(`Block of ${before.name}`, '', grid.element), line.element)));

    let place = first;
    const point = inspect(canvas, shape, chosen => {
        place = chosen;
        redraw(figure);
    }, `Maps of ${name}`);
    const markSource = overlay(source, beforeShape), markMap = overlay(canvas, shape, 'chosen-map');
    point(place);

    whenDigitChanges(figure, () => {
        const { map, y, x } = place, inputs = digit.values(index - 1), { values: painted, max } = shown(digit, index, stage);
        const plane = before.height * before.width;
        paintMaps(source, inputs.slice(map * plane, (map + 1) * plane), { ...beforeShape, max: amplitude });
        paintMaps(canvas, painted, { ...shape, max });
        source.setAttribute('aria-label', `Map ${map} of ${before.name}`);
        sourcePanel.firstChild.textContent = `Map ${map} of ${before.name}`;
        markSource({ y: block * y, x: block * x, height: block, width: block });
        markMap({ map, y: 0, x: 0, height, width });

        const seen = windowOf(inputs, { map, y: block * y, x: block * x, size: block }, before.height, before.width);
        grid.show(seen, amplitude);
        const average = total(seen) / seen.length, weight = parameters[map], bias = parameters[maps + map], a = weight * average + bias, value = digit.values(index)[(map * height + y) * width + x];
        line.show({
            [`${id}-average`]: average, [`${id}-weight`]: weight, [`${id}-bias`]: bias, [`${id}-sum`]: a, [`${id}-value`]: squash(a),
            [`${id}-library`]: value,
        }, place);
        where.textContent = `Map ${map}, row ${y}, column ${x}: ${format(value)}`;
    });
}
