// The character model, and how much the paths through it cost.
import { make, percent } from './strip.js';

const at = id => document.getElementById(id);
const namespace = 'http://www.w3.org/2000/svg', mostStates = 4, left = 70, right = 320, pitch = 86;

export function makeModel(strip, columns) {
    let drawn = '';
    strip.whenChanges(at('string-model-figure'), () => {
        const digits = [...new Set(strip.path.filter(label => label >= 0))].slice(0, mostStates).join('') || '4';
        if (digits !== drawn) draw(drawn = digits);
        collapse();
        showScores();
        mark();
    });
    columns.whenChosen(mark);

    function draw(digits) {
        const svg = at('string-model'), height = pitch * digits.length + 20, middle = height / 2;
        svg.setAttribute('viewBox', `0 0 430 ${height}`);
        svg.replaceChildren(svg.firstElementChild);
        arc('none', `M${left - 16} ${middle - 26} C ${left - 66} ${middle - 76}, ${left + 66} ${middle - 76}, ${left + 16} ${middle - 26}`, 'blank : –', left, middle - 74);
        [...digits].forEach((digit, i) => {
            const y = pitch * (i + 0.5) + 10, slope = (y - middle) / (right - left), up = y - 13, down = y + 13;
            arc(`in-${digit}`, `M${left + 28} ${middle - 10 + 28 * slope} Q ${(left + right) / 2} ${(middle + y) / 2 - 30}, ${right - 30} ${up}`, `${digit} : ${digit}`, right - 92, up - 12 - 30 * slope);
            arc(`out-${digit}`, `M${right - 30} ${down} Q ${(left + right) / 2} ${(middle + y) / 2 + 30}, ${left + 28} ${middle + 10 + 28 * slope}`, 'blank : –', right - 92, down + 22 - 14 * slope);
            arc(`again-${digit}`, `M${right + 24} ${y - 18} C ${right + 84} ${y - 46}, ${right + 84} ${y + 46}, ${right + 24} ${y + 18}`, `${digit} : –`, right + 87, y + 5);
            state(`state-${digit}`, right, y, digit);
        });
        state('state-none', left, middle, '');
        svg.setAttribute('aria-label', `The character model: from the state between characters a ${[...digits].join(' or a ')} leads into a state of its own and is written; there it may be seen again; a blank leads back.`);

        function arc(name, d, label, x, y) {
            const path = svg.appendChild(document.createElementNS(namespace, 'path'));
            path.setAttribute('d', d);
            path.dataset.arc = name;
            text(label, x, y).dataset.arc = name;
        }
        function state(name, cx, cy, label) {
            const circle = svg.appendChild(document.createElementNS(namespace, 'circle'));
            for (const [key, value] of Object.entries({ cx, cy, r: 28 })) circle.setAttribute(key, value);
            circle.dataset.arc = name;
            if (label) text(label, cx, cy + 8).classList.add('state');
            else ['be-', 'tween'].forEach((part, i) => text(part, cx, cy - 3 + 16 * i));
        }
        function text(content, x, y) {
            const element = svg.appendChild(document.createElementNS(namespace, 'text'));
            element.setAttribute('x', x);
            element.setAttribute('y', y);
            element.textContent = content;
            return element;
        }
    }

    /** The path in words: what is seen, and what is written. */
    function collapse() {
        at('string-collapse').replaceChildren(...strip.path.map(label => make('span', label < 0 ? 'none' : '', label < 0 ? '·' : label)), make('span', 'arrow', '→'), make('b', '', strip.text || 'nothing'));
    }

    /** Where the model is when it reads the column that is pointed at. */
    function mark() {
        if (!strip.swept) return;
        const path = strip.path, now = path[columns.column] ?? -1, before = columns.column > 0 ? path[columns.column - 1] : -1;
        const name = now < 0 ? before < 0 ? 'none' : `out-${before}` : now === before ? `again-${now}` : `in-${now}`;
        const state = now < 0 ? 'state-none' : `state-${now}`;
        for (const element of at('string-model').querySelectorAll('[data-arc]')) element.classList.toggle('now', element.dataset.arc === name || element.dataset.arc === state);
        [...at('string-collapse').children].forEach((cell, i) => cell.classList.toggle('now', i === columns.column && i < path.length));
    }

    function showScores() {
        const frame = at('string-scores');
        frame.hidden = !strip.text;
        if (!strip.text) return;
        const { best, string, all, temperature } = JSON.parse(strip.library.Score(strip.text));
        const [bestShare, share] = [best, string].map(score => score < 0 ? 0 : Math.min(1, Math.exp(all - score)));
        for (const [name, value, shown] of [
            ['best', best, best.toFixed(4)], ['string', string, string.toFixed(4)], ['all', all, all.toFixed(4)],
            ['best-share', bestShare, percent(bestShare)], ['share', share, percent(share)], ['temperature', temperature, temperature.toFixed(2)],
        ]) {
            const element = at(`string-score-${name}`);
            element.textContent = shown;
            element.dataset.value = value;
        }
        for (const element of frame.querySelectorAll('.string-text')) element.textContent = strip.text;
    }
}
