// The codes of the printable characters, and how far they are from each other.
import { whenDigitChanges } from '../digit.js';
import { colour, paintInk, theme } from '../paint.js';

const rows = 12, columns = 7, length = rows * columns;

export function codes(digit) {
    const symbols = digit.library.Codes.Symbols(), values = digit.library.Codes.Values(), distances = digit.library.Codes.Distances();
    const ofSymbol = index => values.slice(index * length, (index + 1) * length);
    const between = (a, b) => distances[a * symbols.length + b];
    const set = { symbols, ofSymbol, between };
    const repaints = [showCharacters(digit, set), showPairs(digit, set)];

    let painted = '';
    for (const figure of ['characters-figure', 'pairs-figure']) {
        whenDigitChanges(document.getElementById(figure), () => {
            if (painted !== theme()) for (const repaint of repaints) repaint();
            painted = theme();
            if (figure === 'characters-figure') showDigit(digit, set);
        });
    }
}

/** All characters, one of them large, and what lies near it. */
function showCharacters(digit, { symbols, ofSymbol, between }) {
    const grid = document.getElementById('characters'), large = document.getElementById('code-large');
    let chosen = symbols.indexOf('0');
    const buttons = [...symbols].map((symbol, index) => {
        const button = grid.appendChild(Object.assign(document.createElement('button'), { type: 'button' }));
        button.setAttribute('role', 'radio');
        button.setAttribute('aria-label', `${nameOf(symbol)}, ASCII ${symbol.charCodeAt(0)}`);
        button.append(document.createElement('canvas'));
        button.addEventListener('click', () => choose(index));
        return button;
    });
    const cells = Array.from({ length }, () => large.appendChild(document.createElement('span')));
    grid.addEventListener('keydown', event => {
        const inRow = buttons.filter(button => button.offsetTop === buttons[0].offsetTop).length;
        const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -inRow, ArrowDown: inRow, Home: -chosen, End: symbols.length - 1 - chosen }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        if (!buttons[chosen + step]) return;
        choose(chosen + step);
        buttons[chosen].focus();
    });

    function choose(index) {
        chosen = index;
        buttons.forEach((button, i) => {
            button.setAttribute('aria-checked', i === index);
            button.tabIndex = i === index ? 0 : -1;
        });
        const code = ofSymbol(index), ink = code.filter(value => value > 0).length;
        code.forEach((value, i) => {
            cells[i].textContent = value > 0 ? '+1' : '−1';
            cells[i].className = value > 0 ? 'ink' : '';
        });
        large.setAttribute('aria-label', `The code of ${nameOf(symbols[index])}: ${ink} of 84 values are +1. Row by row: ${inWords(code)}.`);
        document.getElementById('code-name').textContent = `${nameOf(symbols[index])} `;
        document.getElementById('code-size').textContent = `ASCII ${symbols.charCodeAt(index)}, ${ink} × +1, ${length - ink} × −1`;
        showNeighbours(index);
    }

    function showNeighbours(index) {
        const near = [...symbols].map((_, i) => i).filter(i => i !== index).sort((a, b) => between(index, a) - between(index, b) || a - b).slice(0, 8);
        document.getElementById('neighbours').replaceChildren(...near.map(other => {
            const button = Object.assign(document.createElement('button'), { type: 'button' }), distance = between(index, other);
            button.setAttribute('aria-label', `${nameOf(symbols[other])}: distance ${distance}, ${distance / 4} pixels differ`);
            const canvas = button.appendChild(document.createElement('canvas'));
            paintDifference(canvas, ofSymbol(index), ofSymbol(other));
            const value = button.appendChild(Object.assign(document.createElement('span'), { textContent: distance }));
            Object.assign(value.dataset, { test: 'neighbour-distance', value: distance, symbol: symbols[other] });
            button.addEventListener('click', () => {
                choose(other);
                buttons[other].focus();
            });
            return button;
        }));
    }

    // Said at once, painted when it is seen.
    choose(chosen);
    return () => {
        buttons.forEach((button, i) => paintCode(button.firstChild, ofSymbol(i)));
        choose(chosen);
    };
}

/** Where the features of the page's digit lie among all characters. */
function showDigit(digit, { symbols }) {
    const features = digit.values(digit.index('F6')), far = digit.library.Codes.DistancesFrom(features);
    const near = [...far.keys()].sort((a, b) => far[a] - far[b]).slice(0, 4);
    paintInk(document.getElementById('features'), features.map(value => Math.round(Math.max(0, Math.min(1, (value + 1) / 2)) * 255)), rows, columns);
    const words = near.map(i => `${nameOf(symbols[i])} (${far[i].toFixed(1)})`);
    const text = document.getElementById('features-near');
    text.textContent = `${words[0]}, then ${words.slice(1, -1).join(', ')} and ${words.at(-1)}`;
    Object.assign(text.dataset, { test: 'nearest-character', symbol: symbols[near[0]], value: far[near[0]] });
}

/** The table of the ten digits; one pair of them is shown. */
function showPairs(digit, { symbols, ofSymbol, between }) {
    const table = document.getElementById('pairs'), first = symbols.indexOf('0'), ten = Array.from({ length: 10 }, (_, i) => i);
    const distance = (a, b) => between(first + a, first + b), pairs = ten.flatMap(a => ten.slice(a + 1).map(b => [a, b]));
    const all = pairs.map(pair => distance(...pair)), least = Math.min(...all), most = Math.max(...all);
    const such = value => pairs.filter(pair => distance(...pair) === value).map(([a, b]) => `${a} and ${b}`).join(', ');
    document.getElementById('pairs-extremes').textContent =
        `Nearest: ${such(least)} (${least}, ${least / 4} pixels). Farthest: ${such(most)} (${most}, ${most / 4} pixels).`;

    let row = pairs[all.indexOf(least)][0], column = pairs[all.indexOf(least)][1];
    table.tHead.rows[0].insertAdjacentHTML('beforeend', ten.map(b => `<th scope="col">${b}</th>`).join(''));
    const cells = ten.map(a => {
        const line = table.tBodies[0].insertRow();
        line.innerHTML = `<th scope="row">${a}</th>`;
        return ten.map(b => {
            const cell = line.insertCell(), value = distance(a, b);
            cell.textContent = a === b ? '0' : value;
            cell.setAttribute('role', 'gridcell');
            Object.assign(cell.dataset, { test: 'code-distance', value, y: a, x: b });
            if (a !== b && (value === least || value === most)) cell.className = value === least ? 'least' : 'most';
            cell.addEventListener('click', () => choose(a, b, true));
            cell.addEventListener('pointerenter', event => { if (event.pointerType === 'mouse') choose(a, b); });
            return cell;
        });
    });
    table.addEventListener('keydown', event => {
        const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
        if (!down && !right) return;
        event.preventDefault();
        if (cells[row + down]?.[column + right]) choose(row + down, column + right, true);
    });

    function choose(a, b, focus = false) {
        [row, column] = [a, b];
        cells.forEach((line, y) => line.forEach((cell, x) => {
            cell.tabIndex = y === a && x === b ? 0 : -1;
            cell.setAttribute('aria-selected', y === a && x === b);
        }));
        if (focus) cells[a][b].focus();
        const [one, other, difference] = document.querySelectorAll('#pair canvas'), value = distance(a, b);
        paintCode(one, ofSymbol(first + a));
        paintCode(other, ofSymbol(first + b));
        paintDifference(difference, ofSymbol(first + a), ofSymbol(first + b));
        one.setAttribute('aria-label', `The code of ${a}`);
        other.setAttribute('aria-label', `The code of ${b}`);
        difference.setAttribute('aria-label', `${value / 4} pixels differ`);
        document.getElementById('pair-words').textContent = a === b ? 'The same code: distance 0.' : `${a} and ${b} differ in ${value / 4} of 84 pixels, each by 2: 4 × ${value / 4} = ${value}.`;
    }

    choose(row, column);
    return () => {
        cells.forEach((line, a) => line.forEach((cell, b) => { cell.style.backgroundColor = a === b ? '' : nearness(distance(a, b), most); }));
        choose(row, column);
    };
}

/** The nearer, the stronger. */
const nearness = (distance, most) => `color-mix(in srgb, var(--warm) ${Math.round(45 * (1 - distance / most))}%, var(--raised))`;

const nameOf = symbol => symbol === ' ' ? 'space' : symbol;

const inWords = code => Array.from({ length: rows }, (_, y) => Array.from(code.slice(y * columns, (y + 1) * columns), value => value > 0 ? '#' : '.').join('')).join(' ');

const paintCode = (canvas, code) => paintInk(canvas, code.map(value => value > 0 ? 255 : 0), rows, columns);

/** Another code, with what it has more in the warm colour and what it lacks in the cold one. */
function paintDifference(canvas, code, other) {
    paintCode(canvas, other);
    const context = canvas.getContext('2d');
    code.forEach((value, i) => {
        if (value === other[i]) return;
        context.fillStyle = colour(other[i] > 0 ? '--warm' : '--accent');
        context.fillRect(i % columns, Math.floor(i / columns), 1, 1);
    });
}
