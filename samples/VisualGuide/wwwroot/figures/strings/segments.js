// Heuristic over-segmentation: cuts, the graph of segments, and the best path through it.
import { format, paintInk } from '../../paint.js';
import { fitLanes, paintStrip, place } from './lanes.js';
import { make } from './strip.js';

const at = id => document.getElementById(id);
const namespace = 'http://www.w3.org/2000/svg', rows = 32, arcRows = 26;

export function makeSegments(strip) {
    const lanes = at('string-cut-lanes'), drawing = at('string-cuts');
    let shown = null, chosen = 0, readings = [];

    strip.whenChanges(at('string-segments'), () => {
        fitLanes(lanes, strip.width);
        lanes.style.setProperty('--shape', `${strip.width} / ${rows + arcRows}`);
        paintStrip(at('string-cut-strip'), strip);
        at('string-segments').classList.toggle('waiting', !strip.cut);
        if (!strip.cut?.cuts) return;
        if (shown !== strip.cut) {
            shown = strip.cut;
            readings = [];
            chosen = Math.max(0, shown.runs.findIndex(run => isTaken(run)));
        }
        draw();
        list();
        show();
    });
    addEventListener('resize', () => strip.redraw(at('string-segments')));

    const taken = run => strip.segments.find(segment => segment.first === run.first && segment.last === run.last);
    const isTaken = run => taken(run) !== undefined;
    /** What the network says of a run alone, when somebody asks: { penalties, pixels, best, next }. */
    function read(index) {
        return readings[index] ??= (() => {
            const { penalties, pixels } = JSON.parse(strip.library.ReadRun(index));
            const [best, next] = penalties.map((_, label) => label).sort((a, b) => penalties[a] - penalties[b]);
            return { penalties, pixels: Uint8Array.from(atob(pixels), letter => letter.charCodeAt(0)), best, next };
        })();
    }

    const middle = cut => shown.cuts[cut].reduce((sum, column) => sum + column, 0) / rows;

    function element(name, attributes, className = '') {
        const made = drawing.appendChild(document.createElementNS(namespace, name));
        for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
        if (className) made.setAttribute('class', className);
        return made;
    }

    /** Long arcs are high, and the highest leave room for what was read. */
    const heightOf = width => Math.min(34, 7 + 0.95 * width);

    /** The drawing is in pixels of the strip, with room for the arcs above it. */
    function draw() {
        drawing.setAttribute('viewBox', `0 ${-arcRows} ${strip.width} ${rows + arcRows}`);
        drawing.replaceChildren();
        shown.cuts.forEach(columns => element('polyline', { points: columns.map((column, y) => `${column},${y + 0.5}`).join(' ') }, 'cut'));
        // What is taken lies over what is not.
        for (const [run, index] of shown.runs.map((run, index) => [run, index]).sort(([a], [b]) => isTaken(a) - isTaken(b))) {
            const [from, to] = [middle(run.first), middle(run.last)], high = heightOf(to - from);
            const arc = element('path', { d: `M${from} -1 Q ${(from + to) / 2} ${-high} ${to} -1` }, isTaken(run) ? 'arc taken' : 'arc');
            arc.dataset.run = index;
        }
        for (const cut of shown.cuts.keys()) element('circle', { cx: middle(cut), cy: -1, r: 0.7 }, 'node');
        for (const segment of strip.segments) {
            const [from, to] = [middle(segment.first), middle(segment.last)], label = element('text', { x: (from + to) / 2, y: -heightOf(to - from) / 2 - 2 });
            label.textContent = segment.label;
        }
    }

    /** The segments of the best path, as the network saw them. */
    function list() {
        at('string-taken').replaceChildren(...strip.segments.map(segment => {
            const index = shown.runs.findIndex(run => run.first === segment.first && run.last === segment.last), item = make('li');
            if (index >= 0) item.append(picture(index));
            item.append(make('b', '', segment.label));
            return item;
        }));
        if (strip.followed && !strip.segments.length) at('string-taken').append(make('li', 'hint', `No path through the segments spells ${strip.text}.`));
    }

    function picture(index) {
        const canvas = make('canvas'), { pixels, best } = read(index);
        paintInk(canvas, pixels, 28, 28);
        canvas.setAttribute('role', 'img');
        canvas.setAttribute('aria-label', `The segment in the form of MNIST, nearest to a ${best}`);
        return canvas;
    }

    function show() {
        const run = shown.runs[chosen], words = at('string-run-words'), frame = at('string-run');
        frame.hidden = !run;
        at('string-run-box').hidden = !run;
        if (!run) return;
        const { penalties, best, next } = read(chosen), [left, top, width, height] = run.box, box = at('string-run-box');
        place(box, strip, left, width);
        Object.assign(box.style, { top: `${100 * (arcRows + top) / (rows + arcRows)}%`, height: `${100 * height / (rows + arcRows)}%` });
        for (const arc of drawing.querySelectorAll('.arc')) arc.classList.toggle('now', +arc.dataset.run === chosen);
        const value = make('span', 'number', format(penalties[best], 1));
        Object.assign(value.dataset, { test: 'string-run-penalty', value: penalties[best], map: best, y: run.first, x: run.last });
        words.replaceChildren(`Segment ${chosen + 1} of ${shown.runs.length}, from cut ${run.first + 1} to cut ${run.last + 1}, ${width} × ${height} pixels. Alone, it is nearest to a ${best}, at `, value,
            `; then comes a ${next}, at ${format(penalties[next], 1)}. ${isTaken(run) ? `The path takes it for a ${taken(run).label}.` : 'The path does without it.'}`);
        frame.replaceChildren(picture(chosen));
        drawing.setAttribute('aria-label', `The strip, ${shown.cuts.length} cuts, and ${shown.runs.length} segments between them; the path takes ${strip.segments.length}. Segment ${chosen + 1}: nearest to a ${best}. Left and right arrow go from segment to segment.`);
    }

    function choose(index) {
        if (!shown || index === chosen || index < 0 || index >= shown.runs.length) return;
        chosen = index;
        show();
    }

    for (const name of ['pointermove', 'pointerdown']) {
        drawing.addEventListener(name, event => {
            const index = event.target.dataset?.run;
            if (index !== undefined) choose(+index);
        });
    }
    drawing.addEventListener('keydown', event => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!step) return;
        event.preventDefault();
        choose(chosen + step);
    });
}
