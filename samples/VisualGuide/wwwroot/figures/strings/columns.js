// The recognition graph: what each column says of each class, the best path through it, and the window that a column sees.
import { colourOf, format, paintMaps } from '../../paint.js';
import { firstOf, fitLanes, paintStrip, place, placeColumns } from './lanes.js';
import { charactersOf, make } from './strip.js';

const at = id => document.getElementById(id);
const c5 = 5, f6 = 6, output = 7;
// So far above the best class of its column a cell has no colour left.
const faintest = 20;

/** Returns { column, whenChosen }: the column that is pointed at. */
export function makeColumns(strip) {
    const lanes = at('string-lanes'), graph = at('string-graph'), listeners = [];
    const chosen = { column: 0, row: 4 };
    let penalties = [];
    // Only when a string is shown for the first time the cell is chosen for the visitor.
    let isChosen = false;

    strip.whenChanges(at('string-columns'), () => {
        const scale = fitLanes(lanes, strip.width), columns = strip.columnCount;
        penalties = strip.values(output);
        lanes.style.setProperty('--before', `${100 * firstOf(strip, 0) / strip.width}%`);
        lanes.classList.toggle('narrow', scale * strip.swept.step < 26);
        at('string-c5-size').textContent = `120 × ${columns}`;
        at('string-f6-size').textContent = `84 × ${columns}`;
        at('string-graph-size').textContent = `${penalties.length / columns} × ${columns}`;
        paintStrip(at('string-strip'), strip);
        paintFeatures();
        paintPenalties();
        drawPath();
        spell();
        if (!isChosen || chosen.column >= columns) {
            chosen.column = Math.max(0, strip.path.findIndex(label => label >= 0));
            chosen.row = rowOf(strip.path[chosen.column] ?? -1);
            isChosen = true;
        }
        show();
    });
    addEventListener('resize', () => strip.redraw(at('string-columns')));

    const rowOf = label => label < 0 ? 10 : label;

    const isOnPath = (column, row) => column < strip.path.length && rowOf(strip.path[column]) === row;

    function paintFeatures() {
        const columns = strip.columnCount, features = strip.values(f6), high = strip.values(c5);
        paintMaps(at('string-c5'), high, { height: 120, width: columns, max: 1.7159 });
        placeColumns(at('string-c5'), strip, 0, columns);
        // From feature by feature to picture by picture.
        const pictures = Float64Array.from(features, (_, i) => features[i % 84 * columns + Math.floor(i / 84)]);
        paintMaps(at('string-f6'), pictures, { maps: columns, height: 12, width: 7, max: 1.7159 });
        const half = strip.swept.step / 16;
        place(at('string-f6'), strip, firstOf(strip, 0) + half, columns * strip.swept.step - 2 * half);
    }

    function paintPenalties() {
        const columns = strip.columnCount, rows = penalties.length / columns;
        Object.assign(graph, { width: columns, height: rows });
        const context = graph.getContext('2d'), image = context.createImageData(columns, rows), pixels = new Uint32Array(image.data.buffer);
        for (let column = 0; column < columns; column++) {
            const least = leastOf(column);
            for (let row = 0; row < rows; row++) pixels[row * columns + column] = colourOf(Math.max(0, 1 - (penalties[row * columns + column] - least) / faintest) ** 2, 1);
        }
        context.putImageData(image, 0, 0);
        for (const element of [graph, at('string-path'), at('string-cell')]) placeColumns(element, strip, 0, columns);
    }

    function leastOf(column) {
        const columns = strip.columnCount;
        let least = Infinity;
        for (let i = column; i < penalties.length; i += columns) least = Math.min(least, penalties[i]);
        return least;
    }

    function drawPath() {
        const svg = at('string-path');
        svg.setAttribute('viewBox', `0 0 ${strip.columnCount} ${penalties.length / strip.columnCount}`);
        svg.firstElementChild.setAttribute('points', strip.path.map((label, column) => `${column + 0.5},${rowOf(label) + 0.5}`).join(' '));
    }

    /** What the path says column by column, and the characters that become of it. */
    function spell() {
        const seen = at('string-seen'), spelled = at('string-spelled');
        seen.replaceChildren(...strip.path.map((label, column) => {
            const cell = make('span', label < 0 ? 'none' : '', label < 0 ? '·' : label);
            placeColumns(cell, strip, column, column + 1);
            return cell;
        }));
        spelled.replaceChildren(...charactersOf(strip.path).map(({ label, first, end }) => {
            const cell = make('span', '', label);
            placeColumns(cell, strip, first, end);
            return cell;
        }));
    }

    function show() {
        const { column, row } = chosen, columns = strip.columnCount, penalty = penalties[row * columns + column], above = penalty - leastOf(column);
        const { step, window } = strip.swept;
        place(at('string-window'), strip, column * step, window);
        placeColumns(at('string-cell'), strip, column, column + 1);
        Object.assign(at('string-cell').style, { top: `${100 * row / (penalties.length / columns)}%`, height: `${100 / (penalties.length / columns)}%` });
        for (const [i, cell] of [...at('string-seen').children].entries()) cell.classList.toggle('now', i === column);
        const name = row === 10 ? 'the blank' : `a ${row}`, value = make('span', 'number', format(penalty, 2));
        Object.assign(value.dataset, { test: 'string-penalty', value: penalty, map: row, y: 0, x: column });
        const where = `Column ${column + 1} of ${columns} sees the strip's pixels ${column * step} to ${column * step + window - 1}. That it is ${name} costs `;
        const what = above === 0 ? ', the least of this column.' : `, ${format(above, 2)} more than the least of this column.`;
        at('string-cell-words').replaceChildren(where, value, what, isOnPath(column, row) ? ' The path goes through here.' : '',
            strip.followed && !strip.path.length ? ` No path through the columns spells ${strip.text}: too many of its cells cost so much that they are left out.` : '');
        graph.setAttribute('aria-label', `Penalties of eleven classes in ${columns} columns. Column ${column + 1}, ${name}: ${format(penalty, 1)}${what} Arrow keys go from cell to cell.`);
        for (const listener of listeners) listener(column);
    }

    function choose(column, row) {
        const columns = strip.columnCount;
        column = Math.max(0, Math.min(columns - 1, column));
        row = Math.max(0, Math.min(penalties.length / columns - 1, row));
        if (column === chosen.column && row === chosen.row) return;
        Object.assign(chosen, { column, row });
        show();
    }

    const point = event => {
        if (!strip.swept) return;
        const box = graph.getBoundingClientRect();
        choose(Math.floor((event.clientX - box.left) / box.width * strip.columnCount), Math.floor((event.clientY - box.top) / box.height * 11));
    };
    graph.addEventListener('pointermove', point);
    graph.addEventListener('pointerdown', point);
    for (const id of ['string-strip', 'string-c5', 'string-f6']) {
        at(id).addEventListener('pointermove', event => {
            if (!strip.swept) return;
            const box = graph.getBoundingClientRect();
            const column = Math.max(0, Math.min(strip.columnCount - 1, Math.floor((event.clientX - box.left) / box.width * strip.columnCount)));
            choose(column, rowOf(strip.path[column] ?? -1));
        });
    }
    graph.addEventListener('keydown', event => {
        const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
        if (!strip.swept || !dx && !dy) return;
        event.preventDefault();
        choose(chosen.column + dx, chosen.row + dy);
    });

    return { get column() { return chosen.column; }, whenChosen: listener => listeners.push(listener) };
}
