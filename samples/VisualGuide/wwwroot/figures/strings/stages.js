// The strip through the layers: every map of Input, C1, S2, C3 and S4.
import { paintMaps } from '../../paint.js';
import { make } from './strip.js';

const shown = ['Input', 'C1', 'S2', 'C3', 'S4'], leastWidth = 76, largestInput = 5.5;

export function makeStages(strip) {
    const frame = document.getElementById('string-stages'), stages = shown.map(name => {
        const stage = frame.appendChild(make('div', 'string-stage')), title = stage.appendChild(make('h4', '', `${name} `)), size = title.appendChild(make('span', 'size'));
        const canvas = stage.appendChild(make('canvas'));
        canvas.setAttribute('role', 'img');
        canvas.setAttribute('aria-label', name);
        return { name, size, canvas };
    });
    strip.whenChanges(frame, () => stages.forEach(({ name, size, canvas }, index) => {
        const { maps, height, width } = strip.swept.layers[index];
        size.textContent = `${maps > 1 ? `${maps} × ` : ''}${height} × ${width}`;
        size.dataset.test = `string-size-${name}`;
        canvas.setAttribute('aria-label', `${name}: ${maps > 1 ? `${maps} maps` : 'one map'} of ${height} rows and ${width} columns`);
        if (name === 'Input') canvas.style.maxWidth = `${largestInput * width}px`;
        paintMaps(canvas, strip.values(index), { maps, height, width, columns: mapsInARow(maps, canvas.parentElement.clientWidth), max: name === 'Input' ? 1.175 : 1.7159 });
    }));
    addEventListener('resize', () => strip.redraw(frame));
}

/** As many as fit, so that rows are full. */
function mapsInARow(maps, room) {
    let columns = maps;
    while (columns > 1 && (maps % columns || room / columns < leastWidth)) columns--;
    return columns;
}
