// The character model, and how much the paths through it cost.
import { charactersOf, make, percent } from './strip.js';

const at = id => document.getElementById(id);
const namespace = 'http://www.w3.org/2000/svg', mostStates = 4, left = 70, right = 320, pitch = 92, radius = 28, turn = 0.22;

export function makeModel(strip, columns) {
    let drawn = '';
    strip.whenChanges(at('string-model-figure'), () => {
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
            const y = pitch * (i + 0.5) + 10, angle = Math.atan2(y - middle, right - left);
            curve(`in-${digit}`, angle, -turn, false, `${digit} : ${digit}`);
            curve(`out-${digit}`, angle, turn, true, 'blank : –');
            arc(`again-${digit}`, `M${right + 24} ${y - 18} C ${right + 84} ${y - 46}, ${right + 84} ${y + 46}, ${right + 24} ${y + 18}`, `${digit} : –`, right + 87, y + 5);
            state(`state-${digit}`, right, y, digit);
        });
        state('state-none', left, middle, '');
        svg.setAttribute('aria-label', `The character model: from the state between characters a ${[...digits].join(' or a ')} leads into a state of its own and is written; there it may be seen again; a blank leads back.`);

        /** From between to a digit, or back, on one side of the straight line. */
        function curve(name, angle, side, isBack, label) {
            const far = (right - left) / Math.cos(angle), on = (along, across) => [left + along * Math.cos(angle) - across * Math.sin(angle), middle + along * Math.sin(angle) + across * Math.cos(angle)];
            const ends = [on(radius * Math.cos(side), radius * Math.sin(side)), on(far - radius * Math.cos(side), radius * Math.sin(side))];
            const bend = on(far / 2, radius * Math.sin(side) + Math.sign(side) * 9), [from, to] = isBack ? ends.reverse() : ends, [x, y] = on(far * 0.64, Math.sign(side) * 13);
            arc(name, `M${from} Q ${bend} ${to}`, label, x, y + 5 + Math.sign(side) * 4);
        }
        function arc(name, d, label, x, y) {
            const path = svg.appendChild(document.createElementNS(namespace, 'path'));
            path.setAttribute('d', d);
            path.dataset.arc = name;
            text(label, x, y).dataset.arc = name;
        }
        function state(name, cx, cy, label) {
            const circle = svg.appendChild(document.createElementNS(namespace, 'circle'));
            for (const [key, value] of Object.entries({ cx, cy, r: radius })) circle.setAttribute(key, value);
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

    /** The first digits of the path, and those that the column that is pointed at is about. */
    function statesToDraw(needed) {
        const first = [...new Set(strip.path.filter(label => label >= 0))].slice(0, mostStates), missing = [...new Set(needed)].filter(label => !first.includes(label));
        return [...first.filter(label => needed.includes(label) || first.indexOf(label) < mostStates - missing.length), ...missing].slice(0, mostStates).join('') || '4';
    }

    /** The path in words: what is seen, and what is written. */
    function collapse() {
        at('string-collapse').replaceChildren(...strip.path.map(label => make('span', label < 0 ? 'none' : '', label < 0 ? '·' : label)), make('span', 'arrow', '→'), make('b', '', charactersOf(strip.path).map(({ label }) => label).join('') || 'nothing'));
    }

    /** Where the model is when it reads the column that is pointed at. */
    function mark() {
        if (!strip.swept) return;
        const path = strip.path, now = path[columns.column] ?? -1, before = columns.column > 0 ? path[columns.column - 1] : -1;
        const name = now < 0 ? before < 0 ? 'none' : `out-${before}` : now === before ? `again-${now}` : `in-${now}`;
        const digits = statesToDraw([now, before].filter(label => label >= 0));
        if (digits !== drawn) draw(drawn = digits);
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
