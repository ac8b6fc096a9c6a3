// Curves as SVG, drawn as wide as there is room, with their numbers as a table for those who would rather read.
const spaceNames = 'http://www.w3.org/2000/svg';
const margin = { top: 14, right: 14, bottom: 44, left: 66 };

/** Makes a chart in an element with an id. title and description say in words what is shown; x and y: { label, from, to, ticks, write, log }.
 *  Returns draw(series, description), series: [{ name, kind, points: [[x, y]...] }], kind being a class of training.css that gives colour and dashes. */
export function makeChart(element, { title, x, y, height = 300 }) {
    const legend = element.appendChild(document.createElement('ul'));
    legend.className = 'curve-legend';
    const svg = element.appendChild(make('svg', { role: 'img', 'aria-labelledby': `${element.id}-name ${element.id}-words` }));
    let series = [], words = '';

    function draw() {
        const width = Math.max(260, element.clientWidth), right = width - margin.right, bottom = height - margin.bottom;
        const place = ({ from, to, log }, low, high) => value => {
            const at = log ? Math.log(Math.max(value, from) / from) / Math.log(to / from) : (value - from) / (to - from);
            return low + (high - low) * Math.max(0, Math.min(1, at));
        };
        const toX = place(x, margin.left, right), toY = place(y, bottom, margin.top);
        svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
        svg.replaceChildren(
            make('title', { id: `${element.id}-name` }, title),
            make('desc', { id: `${element.id}-words` }, words),
            ...y.ticks.flatMap(value => [
                make('line', { class: 'curve-grid', x1: margin.left, x2: right, y1: toY(value), y2: toY(value) }),
                make('text', { class: 'curve-tick', x: margin.left - 8, y: toY(value) + 4, 'text-anchor': 'end' }, y.write(value)),
            ]),
            make('line', { class: 'curve-axis', x1: margin.left, x2: right, y1: bottom, y2: bottom }),
            ...x.ticks.flatMap(value => [
                make('line', { class: 'curve-axis', x1: toX(value), x2: toX(value), y1: bottom, y2: bottom + 4 }),
                make('text', { class: 'curve-tick', x: toX(value), y: bottom + 18, 'text-anchor': value === x.to ? 'end' : 'middle' }, x.write(value)),
            ]),
            make('text', { class: 'curve-label', x: (margin.left + right) / 2, y: height - 6, 'text-anchor': 'middle' }, x.label),
            make('text', { class: 'curve-label', x: -(margin.top + bottom) / 2, y: 12, 'text-anchor': 'middle', transform: 'rotate(-90)' }, y.label),
            ...series.filter(({ points }) => points.length > 0).map(({ kind, points }) => {
                const group = make('g', { class: kind });
                group.append(make('polyline', { points: points.map(([a, b]) => `${toX(a).toFixed(1)},${toY(b).toFixed(1)}`).join(' ') }));
                const [a, b] = points.at(-1);
                group.append(make('circle', { cx: toX(a), cy: toY(b), r: 3.5 }));
                return group;
            }),
        );
        legend.replaceChildren(...series.map(({ name, kind, points }) => {
            const item = document.createElement('li'), sample = make('svg', { viewBox: '0 0 28 8', 'aria-hidden': 'true' }), group = make('g', { class: kind });
            group.append(points.length === 1 ? make('circle', { cx: 14, cy: 4, r: 3.5 }) : make('polyline', { points: '1,4 27,4' }));
            sample.append(group);
            item.append(sample, name);
            return item;
        }));
    }

    new ResizeObserver(() => requestAnimationFrame(draw)).observe(element);
    return (next, description) => {
        series = next;
        words = description;
        draw();
    };
}

function make(name, attributes, text = '') {
    const element = document.createElementNS(spaceNames, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
}

/** Fills a table with a row of headings and rows of numbers, of which the first names the row. */
export function fillTable(table, headings, rows) {
    const cell = (name, text, scope) => {
        const element = Object.assign(document.createElement(name), { textContent: text });
        if (scope) element.scope = scope;
        return element;
    };
    const head = document.createElement('thead'), body = document.createElement('tbody');
    head.append(row(headings.map(text => cell('th', text, 'col'))));
    body.append(...rows.map(([name, ...values]) => row([cell('th', name, 'row'), ...values.map(value => cell('td', value))])));
    for (const old of table.querySelectorAll('thead, tbody')) old.remove();
    table.append(head, body);
}

function row(cells) {
    const element = document.createElement('tr');
    element.append(...cells);
    return element;
}

/** A share as a percentage. */
export const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)} %`;
