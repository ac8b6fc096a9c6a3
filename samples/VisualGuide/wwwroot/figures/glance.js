// The whole network: every map of every layer, and the distances.
import { whenDigitChanges } from '../digit.js';
import { cssOf, largest, paintInk, paintMaps } from '../paint.js';

/** Maps in a row, and what has the full colour: the squashing function ends at 1.7159. */
const layouts = { Input: [1, 1.175], C1: [1, 1.7159], S2: [1, 1.7159], C3: [2, 1.7159], S4: [2, 1.7159], C5: [6, 1.7159] };

const reasons = {
    Blank: 'There is nothing here.',
    SeveralCharacters: 'This looks like more than one character.',
    NotADigit: 'This is no digit, or none that I know.',
    Unsure: 'I am not sure.',
};

export function glance(digit) {
    const flow = document.getElementById('flow'), canvases = {};
    flow.replaceChildren();
    flow.removeAttribute('aria-busy');
    for (const layer of digit.layers) {
        const box = flow.appendChild(document.createElement('div'));
        box.className = 'layer';
        box.innerHTML = `<h3>${layer.name} <span class="size">${layer.maps > 1 ? layer.maps + ' × ' : ''}${layer.name === 'F6' ? '' : `${layer.height} × ${layer.width}`}</span></h3>`;
        if (layer.name === 'Output') continue;
        if (layer.name === 'Input') canvases.raw = box.appendChild(picture('The digit as the library found it, 28 by 28 pixels'));
        canvases[layer.name] = box.appendChild(picture(`The values of ${layer.name}`));
    }
    flow.querySelector('.layer:nth-child(7) .size').textContent = '84 = 12 × 7';
    const output = flow.lastElementChild;
    output.querySelector('.size').textContent = 'distances';
    const bars = output.appendChild(document.createElement('div'));
    bars.className = 'distances';
    for (const symbol of digit.symbols) bars.insertAdjacentHTML('beforeend', `<span>${symbol}</span><div class="track"><div></div></div><span class="value"></span>`);

    whenDigitChanges(document.getElementById('glance-figure'), () => {
        paintInk(canvases.raw, digit.pixels, 28, 28);
        digit.layers.forEach(({ name, maps, height, width }, index) => {
            const layout = layouts[name];
            if (layout) paintMaps(canvases[name], digit.values(index), { maps, height, width, columns: layout[0], max: layout[1] });
        });
        paintMaps(canvases.F6, digit.values(digit.index('F6')), { height: 12, width: 7, max: 1.7159 });
        showDistances(digit, bars);
        showAnswer(digit.reading);
        showScale();
    });
}

function picture(label) {
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', label);
    return canvas;
}

function showDistances(digit, bars) {
    const distances = digit.values(digit.index('Output')), max = largest(distances), nearest = distances.indexOf(Math.min(...distances));
    distances.forEach((distance, i) => {
        const [name, track, value] = [0, 1, 2].map(k => bars.children[3 * i + k]);
        track.firstChild.style.width = `${100 * distance / max}%`;
        value.textContent = distance.toFixed(1);
        value.dataset.value = distance;
        for (const element of [name, track.firstChild, value]) element.classList.toggle('nearest', i === nearest);
    });
}

function showAnswer(reading) {
    document.getElementById('answer').textContent = reading.label ?? '?';
    document.getElementById('answer-words').textContent = reading.label === undefined ? reasons[reading.reason] ?? reading.reason : `with a probability of ${(100 * reading.posterior).toFixed(1)} %; next comes ${reading.runnerUp}`;
}

function showScale() {
    const scale = document.getElementById('scale'), context = scale.getContext('2d');
    for (let x = 0; x < scale.width; x++) {
        context.fillStyle = cssOf(x - 64, 64);
        context.fillRect(x, 0, 1, 1);
    }
}
